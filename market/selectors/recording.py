"""Recorded ticks and books read back for a span, with the gaps in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from market.analytics.bars import PlainBar
from market.analytics.recorded import BookRow, TickRow, bars_of, books_of, ticks_of
from market.models import RecordedChunk

__all__ = ["Recorded", "books_between", "tick_bars", "ticks_between"]

Row = TypeVar("Row", TickRow, BookRow)
Kind = RecordedChunk.Kind
#: Seconds shown before the first moment and after the last, and ticks a chart can show.
BESIDE, MOST_BARS = 600, 20_000


@dataclass(frozen=True, slots=True)
class Recorded(Generic[Row]):
    """Rows oldest first. ``gaps`` are (from, to) in epoch seconds in which nobody listened; ``grain`` is the
    coarsest there is, in seconds (0: everything that was heard)."""

    rows: list[Row]
    gaps: list[tuple[int, int]]
    grain: int


def ticks_between(account_id: int, place: str, begin: int, end: int) -> Recorded[TickRow]:
    """Ticks from ``begin`` to ``end`` (the broker's epoch seconds, both included). One query."""
    return _read(_chunks(account_id, place, Kind.TICK, begin, end), ticks_of, begin, end)


def books_between(account_id: int, place: str, begin: int, end: int) -> Recorded[BookRow]:
    """Books from ``begin`` to ``end``. One query."""
    return _read(_chunks(account_id, place, Kind.BOOK, begin, end), books_of, begin, end)


def tick_bars(account_id: int, symbol: str, first: datetime, last: datetime) -> list[PlainBar]:
    """Every recorded tick between two moments and ``BESIDE`` them, as bars; none where they were thinned, where
    a gap lies between them, or where they are more than a chart can show."""
    begin, end = int(first.timestamp()), int(last.timestamp())
    for beside in (BESIDE, 0):
        found = ticks_between(account_id, symbol, begin - beside, end + beside)
        if found.gaps or found.grain:
            continue
        if len(found.rows) <= MOST_BARS:
            return bars_of(found.rows)
    return []


def _chunks(account_id: int, place: str, kind: str, begin: int, end: int) -> "QuerySet[RecordedChunk]":
    of_place = RecordedChunk.objects.filter(account_id=account_id, place=place, kind=kind)
    return of_place.filter(begun__lte=end, ended__gte=begin).order_by("first")


def _read(
    chunks: Iterable[RecordedChunk], read: Callable[[bytes], list[Any]], begin: int, end: int
) -> Recorded[Any]:
    rows: list[Any] = []
    gaps: list[tuple[int, int]] = []
    grain, reached = 0, None
    for chunk in chunks:
        if reached is not None and chunk.after_gap:
            gaps.append((reached, chunk.begun))
        grain, reached = max(grain, chunk.grain), chunk.ended
        rows += [row for row in read(bytes(chunk.data)) if begin <= row.at <= end]
    return Recorded(rows, gaps, grain)
