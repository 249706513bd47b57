"""Halts read: what people and triggers have stopped, and since which epoch."""

from datetime import timedelta

from django.db.models import Max, Q, QuerySet

from kiwoomweb.access.hardening.tenancy import across_accounts
from kiwoomweb.access.models import Account
from orders.models import Halt

__all__ = ["COOL_DOWN", "Level", "epoch", "in_force"]

Level = Halt.Level
#: No release before that (the figure of the exchange's own kill switch).
COOL_DOWN = timedelta(minutes=10)


def in_force(account: Account | int | None) -> QuerySet[Halt]:
    """The halts that hold for an account (with ``None`` only those for all), oldest first."""
    scope = Q(account__isnull=True) if account is None else Q(account__isnull=True) | Q(account=account)
    return Halt.objects.filter(scope, released_at__isnull=True).order_by("pk")


def epoch() -> int:
    """The number of the latest halt ever set."""
    with across_accounts("a number that grows tells of nobody"):
        return Halt.objects.aggregate(latest=Max("pk"))["latest"] or 0
