"""Own symbols: what a team holds now and what it has traded, for the marks in the market's tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors import accounts_for
from orders.models import Fill
from portfolio.models import Balance, Holding

__all__ = ["OwnSymbols", "own_of", "own_symbols"]


@dataclass(frozen=True, slots=True)
class OwnSymbols:
    """Symbols in the order of their codes. What is held is not repeated among what was traded."""

    held: tuple[str, ...]
    traded: tuple[str, ...]


def own_of(user: User, account: Account) -> OwnSymbols:
    """Of the accounts of the team that this person sees, in the same environment."""
    return own_symbols(accounts_for(user).filter(team=account.team, environment=account.environment))


def own_symbols(accounts: Iterable[Account]) -> OwnSymbols:
    """Of all these accounts together. Two queries an account, and one."""
    ids = [account.pk for account in accounts]
    held = {symbol for account_id in ids for symbol in _held(account_id)}
    fills = Fill.objects.current().filter(account__in=ids)
    traded = set(fills.order_by().values_list("symbol", flat=True).distinct())
    return OwnSymbols(tuple(sorted(held)), tuple(sorted(traded - held)))


def _held(account_id: int) -> set[str]:
    """Each account has a latest day of its own."""
    day = Balance.objects.current().filter(account=account_id).aggregate(last=Max("day"))["last"]
    lines = Holding.objects.current().filter(account=account_id, day=day, quantity__gt=0)
    return set(lines.order_by().values_list("symbol", flat=True))
