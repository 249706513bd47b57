"""What orders does when somebody finds the audit trail broken: it halts."""

from typing import Any

from django.dispatch import receiver

from kiwoomweb.access.signals import audit_broken
from orders.services.machine import of_audit

__all__ = ["audit_is_broken"]


@receiver(audit_broken, dispatch_uid="orders.audit_is_broken")
def audit_is_broken(sender: Any, chain: str, number: int, why: str, **_rest: Any) -> None:
    of_audit(chain, number, why)
