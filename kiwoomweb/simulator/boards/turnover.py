"""Turnover of an index: what its members traded on a day, added up."""

from array import array
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from kiwoomweb.simulator.bars import Series

__all__ = ["DayTotals"]

#: Shares and won of each day of a year from the first of January on: plain, for years of every index are kept.
Totals = Sequence[int]
EMPTY = 2 * 366 * (0,)


class DayTotals:
    """(shares, won) of an index by day, in the official session. Empty for an index without members."""

    def __init__(self, members: Callable[[str], Sequence[str]], series: Callable[[str, date], Series]) -> None:
        """``members`` gives the codes of an index, ``series`` the days of one of them through a date."""
        self._members, self._series = members, series
        self.of_year: Callable[[str, int], Totals] = lru_cache(maxsize=512)(self._of_year)

    def on(self, sector: str, day: date) -> tuple[int, int]:
        place = _place(day)
        shares, won = self.of_year(sector, day.year)[place : place + 2]
        return shares, won

    def _of_year(self, sector: str, year: int) -> Totals:
        found = array("q", EMPTY)
        first, last = date(year, 1, 1), date(year, 12, 31)
        for code in self._members(sector):
            for bar in self._series(code, last).back_from(last):
                if bar.day < first:
                    break
                if not bar.halted:
                    place = _place(bar.day)
                    found[place] += bar.volume
                    found[place + 1] += bar.worth
        return found


def _place(day: date) -> int:
    return 2 * (day - date(day.year, 1, 1)).days
