"""What derivation reads of an account: its fills, holding events and books, as plain values."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.broker.market_calendar import Overrides
from orders.models import Fill
from portfolio.analytics.trades.changes import Change, Kind
from portfolio.analytics.trades.clock import trading_clock
from portfolio.analytics.trades.deriving import in_order
from portfolio.analytics.trades.facts import Execution
from portfolio.models import BookAssignment, HoldingEvent
from portfolio.selectors.days import corrections

__all__ = ["changes_of", "executions_by_symbol", "kin_of"]

COLUMNS = ("symbol", "day", "filled_at", "side", "quantity", "amount", "order_no", "credit", "pk", "venue")
BUY = Side.BUY.value
#: Kinds that carry a holding from one symbol to another.
MOVING = (Kind.RENAME.value, Kind.MERGER.value, Kind.SPIN_OFF.value)


def executions_by_symbol(
    account_id: int,
    symbols: Collection[str] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[tuple[str, list[Execution]]]:
    """The current fills, symbol by symbol, in order; of all symbols or these, from ``first`` to ``last``."""
    rows = Fill.objects.current().filter(account_id=account_id)
    rows = rows if symbols is None else rows.filter(symbol__in=symbols)
    rows = rows.filter(day__gte=first) if first else rows
    rows = rows.filter(day__lte=last) if last else rows
    books, clock = _books(account_id), _clock()
    found = rows.order_by("symbol").values_list(*COLUMNS)
    # A few symbols at once: a cursor at the server would ask three times for what one answer holds.
    told = found.iterator(chunk_size=10_000) if symbols is None else iter(found)
    for symbol, group in groupby(told, key=lambda row: row[0]):
        yield symbol, in_order(_execution(row, books, clock) for row in group)


def changes_of(account_id: int, symbols: Collection[str] | None = None) -> list[Change]:
    """The holding events in force, oldest first; of all symbols or of these (old or new name)."""
    rows: QuerySet[HoldingEvent] = HoldingEvent.objects.filter(account_id=account_id, withdrawn_at__isnull=True)
    if symbols is not None:
        rows = rows.filter(Q(symbol__in=symbols) | Q(new_symbol__in=symbols))
    return [_change(event) for event in rows.order_by("day", "pk")]


def kin_of(account_id: int, symbols: Iterable[str]) -> set[str]:
    """These symbols and all that holdings moved to or from: they are derived together."""
    moves = HoldingEvent.objects.filter(account_id=account_id, kind__in=MOVING)
    pairs = list(moves.values_list("symbol", "new_symbol"))
    found, grown = set(symbols), True
    while grown:
        more = {one for pair in pairs if set(pair) & found for one in pair} - found
        found, grown = found | more, bool(more)
    return found


def _execution(row: tuple[Any, ...], books: dict[tuple[date, str], int], clock: Any) -> Execution:
    symbol, day, at, side, quantity, amount, order, credit, ref, venue = row
    book = books.get((day, order)) if books else None
    is_buy = side == BUY
    return Execution(day, at, is_buy, quantity, amount, order, symbol, credit, book, clock(at), ref, venue)


def _change(event: HoldingEvent) -> Change:
    return Change(
        event.day,
        Kind(event.kind),
        event.symbol,
        event.new_symbol,
        Fraction(event.numerator, event.denominator or 1),
        event.quantity,
        event.amount,
        Fraction(event.cost_share) / 100,
    )


def _books(account_id: int) -> dict[tuple[date, str], int]:
    told = BookAssignment.objects.filter(account_id=account_id)
    return {(day, order): book for day, order, book in told.values_list("day", "order_no", "book_id")}


def _clock() -> Any:
    year = datetime.now(SEOUL).year
    return _clock_until(year + 2, corrections())


@lru_cache(maxsize=4)
def _clock_until(year: int, corrected: Overrides) -> Any:
    return trading_clock(date(2010, 1, 1), date(year, 12, 31), corrected)
