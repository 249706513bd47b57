"""Halts read: what people and triggers have stopped, for whom, and since which epoch.

in_force(account)    what stops the account as a whole, or all accounts
standing(account)    these, and what stops one member or one symbol of it
against(intent)      whatever keeps in that order
"""

from datetime import timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from kiwoomweb.access.hardening.tenancy import across_accounts
from kiwoomweb.access.models import Account
from orders.models import Halt, Intent

__all__ = ["COOL_DOWN", "WIDE", "Level", "against", "concerning", "epoch", "in_force", "standing"]

Level = Halt.Level
#: No release before that (the figure of the exchange's own kill switch).
COOL_DOWN = timedelta(minutes=10)
#: Halts of everybody and everything in their account.
WIDE = Q(member__isnull=True, symbol="")


def in_force(account: Account | int | None) -> QuerySet[Halt]:
    """The halts that hold for a whole account (with ``None`` only those for all), oldest first."""
    return standing(account).filter(WIDE)


def standing(account: Account | int | None) -> QuerySet[Halt]:
    """All in force there, those of single members and symbols too."""
    scope = Q(account__isnull=True) if account is None else Q(account__isnull=True) | Q(account=account)
    return Halt.objects.filter(scope, released_at__isnull=True).order_by("pk")


def concerning(account: Any, member: Any, symbol: Any) -> Q:
    """The condition for halts in force that keep in an order; each value may be a reference of a query.

    An order in nobody's name (an exit kept by the server, which only reduces) is no member's.
    """
    here = Q(account__isnull=True) | Q(account_id=account)
    theirs = Q(member__isnull=True) | Q(member_id=member) if member is not None else Q(member__isnull=True)
    of_share = Q(symbol="") | Q(symbol=symbol)
    return here & theirs & of_share & Q(released_at__isnull=True, level=Level.HALTED)


def against(intent: Intent) -> QuerySet[Halt]:
    """Whatever keeps this intent in."""
    return Halt.objects.filter(concerning(intent.account_id, intent.created_by_id, intent.symbol))


def epoch() -> int:
    """The number of the latest halt ever set."""
    with across_accounts("a number that grows tells of nobody"):
        return Halt.objects.aggregate(latest=Max("pk"))["latest"] or 0
