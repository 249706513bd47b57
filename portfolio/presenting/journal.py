"""매매일지: the list of a month's days."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kiwoomweb.access.models import Account
from portfolio.presenting.calendar import MonthView, month_view, own_scale
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.periods import month_of, months_before
from portfolio.selectors.archive import Archive, archive
from portfolio.selectors.days import today_of
from portfolio.selectors.journal import JournalEntry, journal_days
from portfolio.selectors.months import month
from portfolio.selectors.performance import DayResult, by_day

__all__ = ["JournalPage"]


@dataclass
class JournalPage:
    """``month_key`` comes from the address and may be nonsense."""

    account: Account
    month_key: str = ""

    @cached_property
    def day(self) -> date:
        """The trading day the account is in."""
        return today_of(self.account)

    @cached_property
    def first(self) -> date:
        """The first day of the month shown."""
        return month_of(self.month_key, self.day)

    @property
    def query(self) -> str:
        """The month, as an address says it."""
        return f"month={self.first:%Y-%m}"

    @cached_property
    def month(self) -> MonthView:
        """The month as a calendar, for getting about."""
        year_ago = months_before(self.day, 12)
        scale = own_scale(result.realised for result in by_day(self.account, year_ago, self.day))
        return month_view(month(self.account, self.first.year, self.first.month), self.day, scale)

    @cached_property
    def last(self) -> date:
        """The last day of the month that is over, or today."""
        return min(months_before(self.first, -1) - timedelta(days=1), self.day)

    @cached_property
    def entries(self) -> list[tuple[JournalEntry, DayResult | None]]:
        """The month's days with trades or notes, newest first, each with what was sold."""
        amounts = {result.day: result for result in by_day(self.account, self.first, self.last)}
        found = journal_days(self.account, self.first, self.last)
        return [(entry, amounts.get(entry.day)) for entry in found]

    @cached_property
    def archive(self) -> Archive:
        """How much is kept."""
        return archive(self.account)

    @cached_property
    def fresh(self) -> Freshness:
        """How old all this is."""
        return Freshness(self.account)
