"""The portfolio app: hears of new fills, and has the database note what changes its statistics."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class PortfolioConfig(AppConfig):
    name = "portfolio"

    def ready(self) -> None:
        from portfolio import receivers  # noqa: F401  # registers itself

        pre_migrate.connect(_before, sender=self)
        post_migrate.connect(_after, sender=self)


def _before(using: str, plan: Any = (), **_rest: Any) -> None:
    from portfolio.services.versioning.triggers import take_down

    if plan:
        take_down(connections[using])


def _after(using: str, **_rest: Any) -> None:
    from portfolio.services.versioning.triggers import install

    install(connections[using])
