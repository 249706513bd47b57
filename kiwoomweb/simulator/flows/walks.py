"""Walks: balances that move a little every trading day, each day's row from the one before.

A walk begins with an instrument's first bar and goes on a year at a time, always with the same steps, so a row
depends on nothing but the world and the day. Kept are the last row of every year and, in plain arrays, the
years asked for lately.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from random import Random

from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["Before", "Row", "Step", "Walk"]

Row = Sequence[int]
#: The row of the day before, none on the first day.
Before = Row | None
#: (instrument, bar, the row before or none, dice) -> the row of the bar's day.
Step = Callable[[Instrument, DayBar, Before, Random], Row]

#: Years of single shares kept whole, about 8 kB each: this year of the market and some of others.
YEARS = 320


class Walk:
    def __init__(self, market: Market, name: str, width: int, step: Step) -> None:
        """``width`` numbers a row; ``name`` keeps the dice of different walks apart."""
        self._market, self._name, self._width, self._step = market, name, width, step
        #: code -> the last row of each year that was walked past, from the first bar's year on.
        self._ends: dict[str, list[Before]] = {}
        self._year = lru_cache(maxsize=YEARS)(self._rows_of)

    def on(self, code: str, day: date) -> Row | None:
        """The row of the last bar on or before ``day``; ``None`` before the first."""
        series = self._market.daily.series(code, day)
        index = bisect_left(series.days, day)
        if index == len(series.days) or series.days[index] != day:
            index -= 1
        return self._row(code, index) if index >= 0 else None

    def before(self, code: str, day: date) -> Row | None:
        """The row of the last bar before ``day``."""
        index = bisect_left(self._market.daily.series(code, day).days, day) - 1
        return self._row(code, index) if index >= 0 else None

    def _row(self, code: str, index: int) -> Row:
        days, width = self._market.daily.series(code, date.min).days, self._width
        year = days[index].year
        place = index - bisect_left(days, date(year, 1, 1))
        return self._year(code, year)[place * width : (place + 1) * width]

    def _rows_of(self, code: str, year: int) -> "array[int]":
        """The rows of one year, after walking through the years before where nobody has."""
        first = self._market.daily.series(code, date.min).days[0].year
        ends = self._ends.setdefault(code, [])
        while first + len(ends) < year:
            before = ends[-1] if ends else None
            ends.append(self._walked(code, first + len(ends), before)[-self._width :] or before)
        return self._walked(code, year, ends[year - first - 1] if year > first else None)

    def _walked(self, code: str, year: int, before: Before) -> "array[int]":
        """A year's rows, going on from the row before it."""
        market, width, step = self._market, self._width, self._step
        about, series = market.universe.instruments[code], market.daily.series(code, date.min)
        start, end = (bisect_left(series.days, date(when, 1, 1)) for when in (year, year + 1))
        luck = dice(market.seed, self._name, code, year)
        rows = array("q")
        for index in range(start, end):
            rows.extend(step(about, series[index], before, luck))
            before = rows[-width:]
        return rows
