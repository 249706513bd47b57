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
from kiwoomweb.prepared import Prepared, PreparedFor
from orders.models import Fill
from portfolio.analytics.trades.changes import Change, Kind
from portfolio.analytics.trades.clock import trading_clock
from portfolio.analytics.trades.deriving import in_order
from portfolio.analytics.trades.facts import Execution
from portfolio.models import BookAssignment, HoldingEvent
from portfolio.selectors.days import corrections

__all__ = ["changes_of", "executions_by_symbol", "kin_of"]

#: Up to so many symbols a statement is kept ready.
FEW = 8
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
    books, clock = _books(account_id), _clock()
    for symbol, group in groupby(_told(account_id, symbols, first, last), key=lambda row: row[0]):
        yield symbol, in_order(_execution(row, books, clock) for row in group)


def _told(
    account_id: int, symbols: Collection[str] | None, first: date | None, last: date | None
) -> Iterator[tuple[Any, ...]]:
    """Rows of fills by symbol. Of a few symbols since a day is what a new fill asks."""
    if symbols and len(symbols) <= FEW and first and last is None:
        return iter(_since.rows(list(symbols), account=account_id, first=first))
    rows = Fill.objects.current().filter(account_id=account_id)
    rows = rows if symbols is None else rows.filter(symbol__in=symbols)
    rows = rows.filter(day__gte=first) if first else rows
    rows = rows.filter(day__lte=last) if last else rows
    found = rows.order_by("symbol").values_list(*COLUMNS)
    # Some symbols: a cursor at the server would ask three times for what one answer holds.
    return found.iterator(chunk_size=10_000) if symbols is None else iter(found)


_since = PreparedFor(
    lambda symbols, account, first: (
        Fill.objects.current()
        .filter(account_id=account, symbol__in=symbols, day__gte=first)
        .order_by("symbol")
        .values_list(*COLUMNS)
    ),
    account=int,
    first=date,
)


def changes_of(account_id: int, symbols: Collection[str] | None = None) -> list[Change]:
    """The holding events in force, oldest first; of all symbols or of these (old or new name)."""
    if symbols is not None and len(symbols) <= FEW:
        return [_change(event) for event in _events_of.rows(list(symbols), account=account_id)]
    rows = _in_force(account_id)
    if symbols is not None:
        rows = rows.filter(Q(symbol__in=symbols) | Q(new_symbol__in=symbols))
    return [_change(event) for event in rows]


def _in_force(account_id: int) -> QuerySet[HoldingEvent]:
    return HoldingEvent.objects.filter(account_id=account_id, withdrawn_at__isnull=True).order_by("day", "pk")


_events_of = PreparedFor(
    lambda symbols, account: _in_force(account).filter(Q(symbol__in=symbols) | Q(new_symbol__in=symbols)),
    account=int,
)


def kin_of(account_id: int, symbols: Iterable[str]) -> set[str]:
    """These symbols and all that holdings moved to or from: they are derived together."""
    pairs = _moves.rows(account=account_id)
    found, grown = set(symbols), True
    while grown:
        more = {one for pair in pairs if set(pair) & found for one in pair} - found
        found, grown = found | more, bool(more)
    return found


_moves: Prepared[tuple[str, str]] = Prepared(
    lambda account: HoldingEvent.objects.filter(account_id=account, kind__in=MOVING).values_list(
        "symbol", "new_symbol"
    ),
    account=int,
)


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
    return {(day, order): book for day, order, book in _assigned.rows(account=account_id)}


_assigned: Prepared[tuple[date, str, int]] = Prepared(
    lambda account: BookAssignment.objects.filter(account_id=account).values_list("day", "order_no", "book_id"),
    account=int,
)


def _clock() -> Any:
    year = datetime.now(SEOUL).year
    return _clock_until(year + 2, corrections())


@lru_cache(maxsize=4)
def _clock_until(year: int, corrected: Overrides) -> Any:
    return trading_clock(date(2010, 1, 1), date(year, 12, 31), corrected)
