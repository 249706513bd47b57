"""Turnover of an index: what its members traded on a day, added up."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from kiwoomweb.simulator.bars import Series

__all__ = ["DayTotals"]

Totals = Mapping[date, tuple[int, int]]


class DayTotals:
    """(shares, won) of an index by day, in the official session. Empty for an index without members."""

    def __init__(self, members: Callable[[str], Sequence[str]], series: Callable[[str, date], Series]) -> None:
        """``members`` gives the codes of an index, ``series`` the days of one of them through a date."""
        self._members, self._series = members, series
        self.of_year: Callable[[str, int], Totals] = lru_cache(maxsize=512)(self._of_year)

    def on(self, sector: str, day: date) -> tuple[int, int]:
        return self.of_year(sector, day.year).get(day, (0, 0))

    def _of_year(self, sector: str, year: int) -> Totals:
        found: dict[date, tuple[int, int]] = {}
        first, last = date(year, 1, 1), date(year, 12, 31)
        for code in self._members(sector):
            for bar in self._series(code, last).back_from(last):
                if bar.day < first:
                    break
                if not bar.halted:
                    shares, won = found.get(bar.day, (0, 0))
                    found[bar.day] = shares + bar.volume, won + bar.worth
        return found
