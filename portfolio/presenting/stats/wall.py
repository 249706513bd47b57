"""The year wall: twelve small months of daily results, tinted to one's own days; a month opens its journal."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from portfolio.presenting.calendar import own_scale, tint
from portfolio.presenting.stats.asked import Asked
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.rollups import results_by_day

__all__ = ["Wall", "WallDay", "WallMonth"]


@dataclass(frozen=True, slots=True)
class WallDay:
    """One square: ``css`` is its tint, ``words`` what the pointer reads. Blank outside the month."""

    css: str
    day: date | None
    result: int | None


@dataclass(frozen=True, slots=True)
class WallMonth:
    """One month: its weekdays in rows of five, its sum in won (``None``: nothing was sold)."""

    first: date
    weeks: tuple[tuple[WallDay, ...], ...]
    total: int | None
    wins: int
    losses: int
    address: str


@dataclass
class Wall:
    """The year of the address, else the present one; of a filter's trades whatever days it names."""

    asked: Asked

    @cached_property
    def chosen(self) -> Chosen:
        """Whose results these are."""
        return Chosen(self.asked.account, self.asked.filter.without("period"))

    @property
    def year(self) -> int:
        """A year nobody traded in is the present one."""
        said = self.asked.query.get("year", "")
        return int(said) if said.isdecimal() and int(said) in self.years else self.asked.today.year

    @cached_property
    def years(self) -> list[int]:
        """Years with a result, newest first."""
        return sorted({day.year for day in self.results} | {self.asked.today.year}, reverse=True)

    @cached_property
    def results(self) -> dict[date, int]:
        """What sales realised by day, net or gross as asked."""
        gross = self.asked.basis == "gross"
        if self.chosen.is_everything:
            rolled = results_by_day(self.asked.account)
            return {day.day: day.gross if gross else day.net for day in rolled if day.sold}
        told = self.chosen.by_day()
        return {day.day: day.realised + (day.commission + day.tax if gross else 0) for day in told}

    @property
    def months(self) -> list[WallMonth]:
        """January to December."""
        scale = own_scale(self.results.values())
        return [self._month(date(self.year, number, 1), scale) for number in range(1, 13)]

    @property
    def total(self) -> int | None:
        """The year's sum in won."""
        told = [result for day, result in self.results.items() if day.year == self.year]
        return sum(told) if told else None

    def _month(self, first: date, scale: int) -> WallMonth:
        weeks = Calendar().monthdatescalendar(first.year, first.month)
        mine = [result for day, result in self.results.items() if day.replace(day=1) == first]
        journal = reverse("portfolio:journal", args=[self.asked.account.code])
        return WallMonth(
            first,
            tuple(
                tuple(self._day(day, first.month, scale) for day in week[:5])
                for week in weeks
                if any(day.month == first.month for day in week[:5])
            ),
            sum(mine) if mine else None,
            sum(result > 0 for result in mine),
            sum(result < 0 for result in mine),
            f"{journal}?{'&'.join(filter(None, (f'month={first:%Y-%m}', self.chosen.asked.query())))}",
        )

    def _day(self, day: date, month: int, scale: int) -> WallDay:
        if day.month != month:
            return WallDay("outside", None, None)
        result = self.results.get(day)
        return WallDay(tint(result, scale), day, result)
