"""Which trade each fill of a symbol belongs to: what a mark on a chart leads to."""

from datetime import date

from kiwoomweb.access.models import Account
from orders.models import Fill
from portfolio.analytics.trades.deriving import derive, in_order
from portfolio.analytics.trades.facts import Execution
from portfolio.selectors.trades.executions import changes_of, executions_by_symbol, kin_of
from portfolio.selectors.trades.reading import trades_of

__all__ = ["trades_by_fill"]

#: Day, order and number: how a fill is called outside of the database.
FillKey = tuple[date, str, str]


def trades_by_fill(account: Account, symbol: str) -> dict[FillKey, int]:
    """The number of the trade behind every current fill of the symbol; of a fill that ended one trade and began
    the next, the later one. A fill that came this moment has no trade yet and is left out."""
    kin = kin_of(account.pk, {symbol})
    executions: list[Execution] = []
    for _symbol, found in executions_by_symbol(account.pk, kin):
        executions += found
    if len(kin) > 1:
        executions = in_order(executions)
    openings = ("symbol", "opened_day", "opening_order", "ordinal", "pk")
    numbers = {tuple(key): pk for *key, pk in trades_of(account).filter(symbol__in=kin).values_list(*openings)}
    by_ref: dict[int, int] = {}
    for trip in derive(executions, changes_of(account.pk, kin), with_legs=True):
        pk = numbers.get((trip.symbol, trip.opened_day, trip.opening_order, trip.ordinal))
        for leg in trip.legs or () if pk else ():
            if leg.ref and pk:
                by_ref[leg.ref] = pk
    fills = Fill.objects.current().filter(account=account, symbol=symbol)
    told = fills.values_list("pk", "day", "order_no", "fill_no")
    return {(day, order, number): by_ref[pk] for pk, day, order, number in told if pk in by_ref}
