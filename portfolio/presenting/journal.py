"""매매일지: the list of a month's days; of all trades, or of a filter's."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from portfolio.presenting.calendar import MonthView, month_view, own_scale
from portfolio.presenting.choosing import Choosing
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.periods import month_of, months_before
from portfolio.selectors.archive import Archive, archive
from portfolio.selectors.journal import JournalEntry, journal_days
from portfolio.selectors.months import month
from portfolio.selectors.performance import DayResult, by_day

__all__ = ["JournalPage"]


@dataclass(kw_only=True)
class JournalPage(Choosing):
    """The month comes from the address and may be nonsense."""

    OWN = ("month",)

    @property
    def day(self) -> date:
        """The trading day the account is in."""
        return self.trading_day

    @cached_property
    def first(self) -> date:
        """The first day of the month shown."""
        return month_of(self.said("month"), self.day)

    @property
    def file_query(self) -> str:
        """The month and the filter, as an address says them."""
        return f"month={self.first:%Y-%m}{self.carried}"

    @cached_property
    def month(self) -> MonthView:
        """The month as a calendar, for getting about."""
        scale = own_scale(result.realised for result in self._by_day(months_before(self.day, 12), self.day))
        shown = month(self.account, self.first.year, self.first.month, self.chosen)
        return month_view(shown, self.day, scale)

    @cached_property
    def last(self) -> date:
        """The last day of the month that is over, or today."""
        return min(months_before(self.first, -1) - timedelta(days=1), self.day)

    @cached_property
    def entries(self) -> list[tuple[JournalEntry, DayResult | None]]:
        """The month's days with trades or notes, newest first, each with what was sold."""
        amounts = {result.day: result for result in self._by_day(self.first, self.last)}
        found = journal_days(self.account, self.first, self.last, self.chosen)
        return [(entry, amounts.get(entry.day)) for entry in found]

    @cached_property
    def unknown(self) -> int:
        """Trades that are left out, because nobody knows what they had cost."""
        return self.chosen.unknown(self.first, self.last) if self.is_chosen else 0

    def _by_day(self, first: date, last: date) -> tuple[DayResult, ...]:
        return self.chosen.by_day(first, last) if self.is_chosen else by_day(self.account, first, last)

    @cached_property
    def archive(self) -> Archive:
        """How much is kept."""
        return archive(self.account)

    @cached_property
    def fresh(self) -> Freshness:
        """How old all this is."""
        return Freshness(self.account)
