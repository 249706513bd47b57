"""What a download asks for: the query of the page it was taken from, read as leniently as the page reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kiwoomweb.access.models import Account
from portfolio.presenting.periods import month_of, months_before, period
from portfolio.selectors.days import today_of

__all__ = ["Asked"]


@dataclass
class Asked:
    """``query`` is the address's: ``day``, or ``month``, or ``first`` and ``last``, or ``period`` (all days
    when none is named); ``symbol`` and ``sort`` beside them. Nonsense is as if it were not there. ``address``
    is the whole query as it was written, for filters that name one thing several times."""

    account: Account
    query: Mapping[str, str]
    address: str = ""

    @cached_property
    def today(self) -> date:
        """The trading day the account is in."""
        return today_of(self.account)

    @property
    def symbol(self) -> str:
        """One symbol, or empty for all."""
        return self.query.get("symbol", "").strip()[:20]

    @cached_property
    def span(self) -> tuple[date | None, date]:
        """The first (``None``: the beginning) and the last day."""
        if day := _day(self.query.get("day", "")):
            return day, day
        if "month" in self.query:
            first = month_of(self.query["month"], self.today)
            return first, min(months_before(first, -1) - timedelta(days=1), self.today)
        if "first" in self.query or "last" in self.query:
            return _day(self.query.get("first", "")), _day(self.query.get("last", "")) or self.today
        found = period(self.query.get("period", ""), self.today, default="all")
        return found.first, found.last

    @property
    def words(self) -> str:
        """The span as a file name tells it: ``2026-11-20``, ``2026-01-02~2026-11-20``, ``~2026-11-20``."""
        first, last = self.span
        return str(last) if first == last else f"{first or ''}~{last}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
