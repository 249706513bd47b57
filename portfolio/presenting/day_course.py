"""The middle of a day's page: how its result ran, and its trades. Asked for by itself: it is derived anew."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from portfolio.figures.course import course_figure
from portfolio.presenting.choosing import Choosing
from portfolio.presenting.noting import address_of
from portfolio.selectors.day_course import DayTrade, IndexLine, Step, course_of, day_trades, index_lines
from portfolio.selectors.notes import place_of_trade

__all__ = ["DayCoursePage"]


@dataclass(kw_only=True)
class DayCoursePage(Choosing):
    """One day of one account; of all its trades, or of a filter's."""

    day: date

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The day's fills whose moment is known."""
        return course_of(self.account, self.day, self.chosen)

    @cached_property
    def indices(self) -> tuple[IndexLine, ...]:
        """The indices beside them."""
        return index_lines(self.account, self.day)

    @cached_property
    def figure(self) -> dict[str, Any]:
        """Both as a figure."""
        return course_figure(self.steps, self.indices)

    @property
    def ended(self) -> int:
        """The running result after the last fill, won before costs."""
        return self.steps[-1].running if self.steps else 0

    @property
    def lowest(self) -> int:
        """The deepest the running result stood."""
        return min((step.running for step in self.steps), default=0)

    @cached_property
    def trades(self) -> list[tuple[DayTrade, str]]:
        """The trades of the day, each with the address of its page."""
        found = day_trades(self.account, self.day, self.chosen)
        return [(one, address_of(place_of_trade(one.trade)) + self.onward) for one in found]

    @property
    def address(self) -> str:
        """Where this part is asked for."""
        return reverse("portfolio:day_course", args=[self.account.code, self.day])
