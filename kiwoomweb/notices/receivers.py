"""What notices do when access has news."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from kiwoomweb.access.models import User
from kiwoomweb.access.signals import factor_changed, signed_in_from_new_place
from kiwoomweb.notices.services.guarding import tell_of_change, tell_of_place

__all__ = ["say_that_a_factor_changed", "say_where_somebody_signed_in"]


@receiver(signed_in_from_new_place)
def say_where_somebody_signed_in(
    sender: object, *, user: User, ip: str, agent: str, at: datetime, **_rest: Any
) -> None:
    """It may have been somebody else."""
    tell_of_place(user, ip, agent, at)


@receiver(factor_changed)
def say_that_a_factor_changed(sender: object, *, user: User, what: str, **_rest: Any) -> None:
    """So may this."""
    tell_of_change(user, what)
