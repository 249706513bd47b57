"""Which fills belong to which trade: what a mark on a chart leads to, and which orders a book takes along."""

from collections.abc import Iterable, Iterator
from datetime import date

from kiwoomweb.access.models import Account
from orders.models import Fill
from portfolio.analytics.trades.deriving import derive, in_order
from portfolio.analytics.trades.facts import Execution
from portfolio.selectors.trades.executions import changes_of, executions_by_symbol, kin_of
from portfolio.selectors.trades.reading import trades_of

__all__ = ["orders_by_trade", "trades_by_fill"]

#: Day, order and number: how a fill is called outside of the database.
FillKey = tuple[date, str, str]


def trades_by_fill(account: Account, symbol: str) -> dict[FillKey, int]:
    """The number of the trade behind every current fill of the symbol; of a fill that ended one trade and began
    the next, the later one. A fill that came this moment has no trade yet and is left out."""
    family = kin_of(account.pk, {symbol})
    by_ref = {ref: pk for pk, refs in _placed(account, family, _executions(account, family)) for ref in refs}
    fills = Fill.objects.current().filter(account=account, symbol=symbol)
    told = fills.values_list("pk", "day", "order_no", "fill_no")
    return {(day, order, number): by_ref[pk] for pk, day, order, number in told if pk in by_ref}


def orders_by_trade(account: Account, symbols: Iterable[str]) -> Iterator[tuple[int, set[tuple[date, str]]]]:
    """Every present trade of these symbols with the orders (day, number) it is made of; each symbol is read and
    derived once, however many trades it has."""
    left = set(symbols)
    while left:
        family = kin_of(account.pk, {left.pop()})
        left -= family
        executions = _executions(account, family)
        orders = {one.ref: (one.day, one.order_no) for one in executions if one.order_no}
        for pk, refs in _placed(account, family, executions):
            yield pk, {orders[ref] for ref in refs if ref in orders}


def _executions(account: Account, family: set[str]) -> list[Execution]:
    found: list[Execution] = []
    for _symbol, some in executions_by_symbol(account.pk, family):
        found += some
    return in_order(found) if len(family) > 1 else found


def _placed(account: Account, family: set[str], executions: list[Execution]) -> Iterator[tuple[int, list[int]]]:
    """Trades by number, each with the numbers of its fills, in the order they were opened."""
    openings = ("symbol", "opened_day", "opening_order", "ordinal", "pk")
    rows = trades_of(account).filter(symbol__in=family).values_list(*openings)
    numbers = {tuple(opening): pk for *opening, pk in rows}
    for trip in derive(executions, changes_of(account.pk, family), with_legs=True):
        pk = numbers.get((trip.symbol, trip.opened_day, trip.opening_order, trip.ordinal))
        if pk is not None:
            yield pk, [leg.ref for leg in trip.legs or () if leg.ref]
