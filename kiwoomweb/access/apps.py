"""The access app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "kiwoomweb.access"
    label = "access"

    def ready(self) -> None:
        from kiwoomweb.access import receivers  # noqa: F401  connects them
        from kiwoomweb.access.hardening.tenancy import watch

        watch()
        post_migrate.connect(_guard_the_audit_trail, sender=self)


def _guard_the_audit_trail(using: str, **rest: Any) -> None:
    from kiwoomweb.access.audit_guard import put_up

    put_up(connections[using])
