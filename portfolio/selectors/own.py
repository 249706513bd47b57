"""Own symbols: what a team holds now and what it has traded, for the marks in the market's tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Sum

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors import accounts_for
from orders.models import Fill
from portfolio.models import Balance, Holding

__all__ = ["OwnLot", "OwnSymbols", "own_lots", "own_of", "own_symbols"]


@dataclass(frozen=True, slots=True)
class OwnSymbols:
    """Symbols in the order of their codes. What is held is not repeated among what was traded."""

    held: tuple[str, ...]
    traded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnLot:
    """What one account holds of one symbol, its lots together: shares, and won paid for them."""

    quantity: int
    cost: int


def own_lots(account: Account) -> dict[str, OwnLot]:
    """By symbol, as of the account's latest day. Two queries."""
    day = Balance.objects.current().filter(account=account).aggregate(last=Max("day"))["last"]
    lines = Holding.objects.current().filter(account=account, day=day, quantity__gt=0)
    sums = lines.order_by().values("symbol").annotate(shares=Sum("quantity"), paid=Sum("cost"))
    return {row["symbol"]: OwnLot(row["shares"], row["paid"]) for row in sums}


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
