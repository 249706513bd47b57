"""Writing: put derived trips into rows. A row that nothing changed about is left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import ForeignObjectRel
from django.utils import timezone

from orders.models import Fill
from portfolio.analytics.trades.facts import Slice, Trip
from portfolio.models import EntryLevels, Excursion, Trade, TradeBars, TradeSlice
from portfolio.services.trades.costing import Costing, Outcome
from portfolio.services.trades.matching import match

__all__ = ["Written", "write"]

#: What is computed from a trade and goes with it; everything else that refers to one keeps it.
COMPUTED = (TradeSlice, TradeBars, Excursion, EntryLevels)

#: What derivation decides; the rest of a row is its own.
DERIVED = (
    *("symbol", "name", "credit", "book_id", "state", "opened_day", "opened_at", "opening_order", "ordinal"),
    *(
        "entry_venue",
        "exit_venue",
        "closed_day",
        "closed_at",
        "is_day_trade",
        "fills",
        "entries",
        "exits",
        "adds_below",
        "adds_above",
    ),
    *("max_quantity", "open_quantity", "bought_quantity", "sold_quantity", "bought", "sold", "cost", "gross"),
    *("commission", "tax", "interest", "net", "costs_from", "adopted_quantity", "held_minutes"),
    *("merged_into_id", "is_void"),
)
#: Up to so many rows it is cheaper to write each by itself than to build one statement for all.
FEW = 8
FIELDS = [name.removesuffix("_id") for name in DERIVED] + ["derived_at"]


@dataclass(slots=True)
class Written:
    """Rows written, and the days whose sums may differ now."""

    trades: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    symbol_days: set[tuple[str, date]] = field(default_factory=set)

    def touch(self, symbols: Iterable[str], days: Iterable[date]) -> None:
        """The days that started it count as well: a buy changes no slice, but the day's fills."""
        real = {day for day in days if day != date.min}
        self.days |= real
        self.symbol_days |= {(symbol, day) for symbol in symbols for day in real}


def write(account_id: int, before: Sequence[Trade], trips: Sequence[Trip], costing: Costing) -> Written:
    """Make the rows ``before`` stand for these trips. Runs inside the caller's transaction."""
    symbols = {trip.symbol for trip in trips}
    outcomes = costing.outcomes(symbols, trips)
    names = _names(account_id, symbols)
    matched, written = match(before, trips), Written()
    rows = [(trip, _filled(account_id, trip, row, outcomes, names)) for trip, row in matched.pairs]
    _save(rows, written)
    by_trip = {id(trip): row for trip, (row, _new) in rows}
    for trade, trip in matched.swallowed:
        _let_go(trade, by_trip[id(trip)], written)
    for trade in matched.left:
        _let_go(trade, None, written)
    _save_slices(account_id, rows, outcomes, written)
    return written


def _filled(
    account_id: int,
    trip: Trip,
    row: Trade | None,
    outcomes: dict[tuple[int, date], Outcome],
    names: dict[str, str],
) -> tuple[Trade, bool]:
    """The row with what the trip says; and whether that is anything new."""
    told = _columns(trip, [outcomes[id(trip), piece.day] for piece in trip.slices], names)
    if row is None:
        return Trade(account_id=account_id, **told), True
    changed = any(getattr(row, name) != value for name, value in told.items())
    for name, value in told.items():
        setattr(row, name, value)
    return row, changed


def _columns(trip: Trip, outcomes: list[Outcome], names: dict[str, str]) -> dict[str, Any]:
    costs = [piece.cost for piece in trip.slices]
    told = bool(outcomes) and all(outcome.is_told for outcome in outcomes)
    return {
        **{name: getattr(trip, name) for name in PLAIN},
        "name": names.get(trip.symbol, ""),
        "book_id": trip.book,
        "state": _state(trip),
        "is_day_trade": trip.closed_day is not None and trip.closed_day == trip.opened_day,
        "open_quantity": trip.held,
        "cost": _sum(costs),
        "gross": _sum([outcome.gross for outcome in outcomes]),
        "commission": _sum([outcome.commission for outcome in outcomes]),
        "tax": _sum([outcome.tax for outcome in outcomes]),
        # What a loan cost is told with its repayment and by no list of sales.
        "interest": None if trip.credit else 0,
        "net": _sum([outcome.net for outcome in outcomes]),
        "costs_from": (Trade.Costs.BROKER if told else Trade.Costs.ESTIMATE).value,
        "adopted_quantity": trip.adopted,
        "merged_into_id": None,
        "is_void": False,
    }


PLAIN = (
    *("symbol", "credit", "opened_day", "opened_at", "opening_order", "ordinal", "closed_day", "closed_at"),
    *("fills", "entries", "exits", "adds_below", "adds_above", "max_quantity", "bought_quantity"),
    *("sold_quantity", "bought", "sold", "held_minutes", "entry_venue", "exit_venue"),
)


def _state(trip: Trip) -> str:
    if trip.adopted:
        return Trade.State.UNSETTLED.value
    return (Trade.State.OPEN if trip.closed_day is None else Trade.State.CLOSED).value


def _sum(values: Sequence[int | None]) -> int | None:
    """The sum; nothing sold is 0, and one unknown makes the whole unknown."""
    return None if None in values else sum(value for value in values if value is not None)


def _save(rows: list[tuple[Trip, tuple[Trade, bool]]], written: Written) -> None:
    now = timezone.now()
    changed = [row for _trip, (row, is_new) in rows if is_new]
    for row in changed:
        row.derived_at = now
    made = [row for row in changed if row.pk is None]
    Trade.objects.bulk_create(made, batch_size=1_000)
    kept = [row for row in changed if row not in made]
    if len(kept) > FEW:
        Trade.objects.bulk_update(kept, FIELDS, batch_size=200)
    else:
        for row in kept:
            row.save(update_fields=FIELDS)
    written.trades |= {row.pk for row in changed}


def _save_slices(
    account_id: int,
    rows: list[tuple[Trip, tuple[Trade, bool]]],
    outcomes: dict[tuple[int, date], Outcome],
    written: Written,
) -> None:
    """Slices stand for nothing but themselves: those that differ are replaced."""
    ids = [row.pk for _trip, (row, _new) in rows]
    known: dict[tuple[int, date], TradeSlice] = {
        (piece.trade_id, piece.day): piece for piece in TradeSlice.objects.filter(trade_id__in=ids)
    }
    fresh, stale = [], []
    for trip, (row, _new) in rows:
        for piece in trip.slices:
            told = _slice(account_id, row, piece, outcomes[id(trip), piece.day])
            old = known.pop((row.pk, piece.day), None)
            if old is None or any(getattr(old, name) != getattr(told, name) for name in SLICE):
                fresh.append(told)
                stale += [old] if old else []
    stale += known.values()
    if stale:
        TradeSlice.objects.filter(pk__in=[piece.pk for piece in stale]).delete()
    TradeSlice.objects.bulk_create(fresh, batch_size=2_000)
    for one in (*fresh, *stale):
        written.days.add(one.day)
        written.symbol_days.add((one.symbol, one.day))


SLICE = (
    *("symbol", "sold_quantity", "sold", "cost", "cost_fifo", "gross", "commission", "tax", "net"),
    *("costs_from", "is_closing"),
)


def _slice(account_id: int, row: Trade, piece: Slice, outcome: Outcome) -> TradeSlice:
    return TradeSlice(
        trade=row,
        account_id=account_id,
        symbol=row.symbol,
        day=piece.day,
        sold_quantity=piece.sold_quantity,
        sold=piece.sold,
        cost=piece.cost,
        cost_fifo=piece.cost_fifo,
        gross=outcome.gross,
        commission=outcome.commission,
        tax=outcome.tax,
        net=outcome.net,
        costs_from=(Trade.Costs.BROKER if outcome.is_told else Trade.Costs.ESTIMATE).value,
        is_closing=piece.is_closing,
    )


def _let_go(trade: Trade, host: Trade | None, written: Written) -> None:
    """A row that stands for nothing any more: gone if nobody refers to it, else kept and marked."""
    for piece in trade.slices.all():
        written.days.add(piece.day)
        written.symbol_days.add((piece.symbol, piece.day))
    if not trade.is_void and trade.pk:
        written.trades.add(trade.pk)
    if _is_referred_to(trade):
        trade.slices.all().delete()
        Trade.objects.filter(pk=trade.pk).update(merged_into=host, is_void=host is None)
    else:
        trade.delete()


def _is_referred_to(trade: Trade) -> bool:
    """Also by rows that name no way back to it."""
    links = [link for link in Trade._meta.get_fields(include_hidden=True) if isinstance(link, ForeignObjectRel)]
    others = [link for link in links if link.related_model not in COMPUTED and not link.many_to_many]
    return any(
        link.related_model._default_manager.filter(**{link.field.name: trade}).exists() for link in others
    )


def _names(account_id: int, symbols: set[str]) -> dict[str, str]:
    """As the broker called each last. A few are asked one by one: a share may have thousands of fills."""
    rows = Fill.objects.current().filter(account_id=account_id).exclude(name="")
    told = rows.values_list("symbol", "name")
    if len(symbols) > FEW:
        return dict(told.filter(symbol__in=symbols).order_by("day"))
    return dict(pair for one in symbols for pair in told.filter(symbol=one).order_by("-day")[:1])
