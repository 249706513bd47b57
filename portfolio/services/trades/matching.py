"""Matching: which row a derived trip belongs to, so that what people wrote stays with what they wrote about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portfolio.analytics.trades.facts import Trip
from portfolio.models import Trade

__all__ = ["Matched", "match"]

Opening = tuple[str, str, int | None, date, str, int]


@dataclass(frozen=True, slots=True)
class Matched:
    """Trips with their rows (``None``: a new one); rows that another took in; rows nothing stands for."""

    pairs: list[tuple[Trip, Trade | None]]
    swallowed: list[tuple[Trade, Trip]]
    left: list[Trade]


def match(before: Sequence[Trade], trips: Sequence[Trip]) -> Matched:
    """First by the order that opened it; then the trip that holds a row's opening order takes the row over."""
    by_opening = {_opening_of(trade): trade for trade in before if not trade.merged_into_id}
    rows: dict[int, Trade | None] = {}
    for trip in trips:
        rows[id(trip)] = by_opening.pop(_opening(trip), None)
    swallowed, left = [], []
    holders = _holders(trips)
    for trade in sorted(by_opening.values(), key=lambda row: (row.opened_day, row.pk)):
        holder = _holder(trade, holders)
        if holder is None:
            left.append(trade)
        elif rows[id(holder)] is None:
            rows[id(holder)] = trade
        else:
            swallowed.append((trade, holder))
    return Matched([(trip, rows[id(trip)]) for trip in trips], swallowed, left)


def _holder(trade: Trade, holders: dict[tuple[str, date, str], list[Trip]]) -> Trip | None:
    """The trip with the row's opening order in it; in the same book and credit if there is one."""
    found = holders.get((trade.symbol, trade.opened_day, trade.opening_order), [])
    same = [trip for trip in found if (trip.credit, trip.book) == (trade.credit, trade.book_id)]
    return next(iter(same or found), None)


def _holders(trips: Sequence[Trip]) -> dict[tuple[str, date, str], list[Trip]]:
    holders: dict[tuple[str, date, str], list[Trip]] = {}
    for trip in trips:
        for day, order in trip.orders:
            holders.setdefault((trip.symbol, day, order), []).append(trip)
    return holders


def _opening(trip: Trip) -> Opening:
    return trip.symbol, trip.credit, trip.book, trip.opened_day, trip.opening_order, trip.ordinal


def _opening_of(trade: Trade) -> Opening:
    opening = (trade.opened_day, trade.opening_order, trade.ordinal)
    return trade.symbol, trade.credit, trade.book_id, *opening
