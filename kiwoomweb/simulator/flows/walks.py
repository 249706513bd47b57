"""Walks: balances that move a little every trading day, each day's row from the one before.

A walk begins with an instrument's first bar and goes on a year at a time, always with the same steps, so a row
depends on nothing but the world and the day. Rows are kept in plain arrays.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date
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


class Walk:
    def __init__(self, market: Market, name: str, width: int, step: Step) -> None:
        """``width`` numbers a row; ``name`` keeps the dice of different walks apart."""
        self._market, self._name, self._width, self._step = market, name, width, step
        self._rows: dict[str, array[int]] = {}

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
        rows, width = self._rows.setdefault(code, array("q")), self._width
        if len(rows) <= index * width:
            self._go_on(code, rows, index)
        return rows[index * width : (index + 1) * width]

    def _go_on(self, code: str, rows: "array[int]", index: int) -> None:
        """Walk through whole years until the row exists."""
        market, width = self._market, self._width
        about, step = market.universe.instruments[code], self._step
        series = market.daily.series(code, date.min)
        count, before = len(rows) // width, self._last(rows)
        year = luck = None
        while count <= index or (count < len(series) and series.days[count].year == year):
            bar = series[count]
            if bar.day.year != year or luck is None:
                year = bar.day.year
                luck = dice(market.seed, self._name, code, year)
            rows.extend(step(about, bar, before, luck))
            before = self._last(rows)
            count += 1

    def _last(self, rows: "array[int]") -> Before:
        return rows[-self._width :] or None
