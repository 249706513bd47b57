"""Halts read: whether anything new may leave an account, and since which epoch."""

from django.db.models import Max, Q, QuerySet

from kiwoomweb.access.hardening.tenancy import across_accounts
from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared
from orders.models import Halt

__all__ = ["Level", "epoch", "halts_shown", "in_force", "level_of"]

Level = Halt.Level


def in_force(account: Account | int | None) -> QuerySet[Halt]:
    """The halts that hold for an account (with ``None`` only those for all), oldest first."""
    scope = Q(account__isnull=True) if account is None else Q(account__isnull=True) | Q(account=account)
    return Halt.objects.filter(scope, released_at__isnull=True).order_by("pk")


def halts_shown(account: Account) -> list[Halt]:
    """The same with the people who set them: every page of the account says it."""
    return _shown.rows(account=account.pk)


_shown = Prepared(lambda account: in_force(account).select_related("by"), account=int)


def level_of(account: Account) -> Level | None:
    """HALTED, REDUCING, or ``None`` for ACTIVE."""
    levels = set(in_force(account).values_list("level", flat=True))
    if Level.HALTED in levels:
        return Level.HALTED
    return Level.REDUCING if levels else None


def epoch() -> int:
    """The number of the latest halt ever set."""
    with across_accounts("a number that grows tells of nobody"):
        return Halt.objects.aggregate(latest=Max("pk"))["latest"] or 0
