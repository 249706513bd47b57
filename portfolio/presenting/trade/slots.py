"""Slots: the places along the time axis of a trade's chart. Each has a bar, or is a fill without one."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kiwoomweb.broker.domain import SEOUL
from market.analytics.bars import PlainBar
from portfolio.analytics.inside.shapes import Bar
from portfolio.analytics.replay.moves import Move
from portfolio.selectors.inside.bars import as_bar

__all__ = ["SHIFT", "Slots", "slots"]

#: The chart library knows no time zones: it gets Seoul's wall clock as if it were UTC.
SHIFT = int(timedelta(hours=9).total_seconds())
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Slots:
    """``starts`` (epoch seconds) of each slot and its ``bars`` (``None``: nothing was traded there, but a fill
    on another venue or a step was). ``width`` in seconds; ticks have none."""

    starts: list[int]
    bars: list[PlainBar | None]
    width: int

    def place(self, at: datetime) -> int | None:
        """The slot a moment falls into, the last one that has begun; ``None`` before the first."""
        found = bisect_right(self.starts, int(at.timestamp())) - 1
        return found if found >= 0 else None

    @property
    def times(self) -> list[str | int]:
        """As the chart library takes them: dates of days, shifted seconds of the rest."""
        if self.width == DAY:
            return [datetime.fromtimestamp(start, SEOUL).date().isoformat() for start in self.starts]
        return [start + SHIFT for start in self.starts]

    def as_bars(self, moves: Sequence[Move]) -> list[Bar]:
        """Every slot as a bar of the formulas: one without trading stands at the price of its fill, or where
        the one before it stood."""
        found: list[Bar] = []
        prices = {self.place(move.at): move.price for move in moves if move.price is not None}
        last: Decimal | None = None
        for number, (start, bar) in enumerate(zip(self.starts, self.bars, strict=True)):
            if bar is not None:
                found.append(as_bar(bar))
            else:
                price = prices.get(number) or last or Decimal(0)
                at = datetime.fromtimestamp(start, SEOUL)
                found.append(Bar(at, price, price, price, price, 0))
            last = found[-1].close
        return found


def slots(bars: Sequence[PlainBar], moves: Sequence[Move], width: int) -> Slots:
    """The bars, and a slot for every move that has none."""
    known = {bar.at: bar for bar in bars} if width else None
    if known is None:  # ticks share seconds and every one is a slot
        return Slots([bar.at for bar in bars], list(bars), 0)
    places = set(known)
    if bars:
        places |= {_begin(move.at, width) for move in moves if not move.event}
    starts = sorted(places)
    return Slots(starts, [known.get(start) for start in starts], width)


def _begin(at: datetime, width: int) -> int:
    return (int(at.timestamp()) + SHIFT) // width * width - SHIFT
