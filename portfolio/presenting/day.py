"""One day of the journal: what was planned, what was done, what was learnt."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.safestring import SafeString

from portfolio.models import DayReview, Section
from portfolio.presenting.choosing import Choosing
from portfolio.presenting.day_rows import fill_rows, share_rows
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.trust_day import Proof
from portfolio.selectors.day_reviews import review_of, reviewed_days, streak
from portfolio.selectors.journal import JournalDay, JournalEntry, journal_day, journal_days
from portfolio.selectors.notes import NoteView, note_of
from portfolio.selectors.planning import last_planned_day

__all__ = ["DayPage"]

SHOWN_FILLS = 300
#: The rail shows days from so long before the day to so long after it.
BEFORE, AFTER = timedelta(days=35), timedelta(days=10)


@dataclass(kw_only=True)
class DayPage(Choosing):
    """One day; ``may_write`` decides between the notes' boxes and their texts. A filter chooses the trades of
    the day and the days of the rail; what the broker told of it and what was written of it is there whole."""

    day: date
    may_write: bool
    #: A busy day shows its newest fills first and all of them when asked.
    has_all_fills: bool = False

    @property
    def today(self) -> date:
        """The trading day the account is in."""
        return self.trading_day

    @property
    def is_ahead(self) -> bool:
        """Whether the day is yet to come: it can be planned and nothing else."""
        return self.day > self.today

    @cached_property
    def ahead(self) -> date | None:
        """The next trading day, on the page before it: tomorrow is planned today."""
        return last_planned_day(self.account) if self.day == self.today else None

    @cached_property
    def journal(self) -> JournalDay:
        """Everything known about the day."""
        return journal_day(self.account, self.day)

    @cached_property
    def plan(self) -> NoteView:
        """What was planned before the market opened."""
        return note_of(self.account, self.day, Section.PLAN)

    @cached_property
    def later(self) -> NoteView:
        """What was added to the plan afterwards."""
        return note_of(self.account, self.day, Section.LATER)

    @cached_property
    def reviewed(self) -> DayReview | None:
        """Whether, when and by whom the day was gone over."""
        return review_of(self.account, self.day)

    @cached_property
    def streak(self) -> int:
        """Days gone over one after the other."""
        return streak(self.account, self.today)

    @cached_property
    def rail(self) -> list[tuple[JournalEntry, bool]]:
        """The days around this one with trades or notes, and whether they were gone over."""
        last = min(self.day + AFTER, self.today)
        first = min(self.day, last) - BEFORE
        done = reviewed_days(self.account, first, last)
        found = journal_days(self.account, first, last, self.chosen)
        return [(entry, entry.day in done) for entry in found]

    @cached_property
    def brought(self) -> int | None:
        """What the chosen trades realised on the day, in won; ``None`` where they sold nothing."""
        return next((result.realised for result in self.chosen.by_day(self.day, self.day)), None)

    @property
    def file_query(self) -> str:
        """The day, as the address of its files says it."""
        return f"day={self.day}"

    @property
    def fill_rows(self) -> SafeString:
        """The body of the table of fills."""
        fills = self.journal.fills if self.has_all_fills else self.journal.fills[:SHOWN_FILLS]
        return fill_rows(fills, self.account)

    @property
    def hidden_fills(self) -> int:
        """How many fills wait behind the link to all of them."""
        return 0 if self.has_all_fills else max(0, len(self.journal.fills) - SHOWN_FILLS)

    @property
    def share_rows(self) -> SafeString:
        """The body of the table of shares."""
        return share_rows(self.journal.lines, self.account)

    @property
    def wins(self) -> int:
        """Sales above zero."""
        return sum(sale.realised > 0 for sale in self.journal.sales)

    @property
    def losses(self) -> int:
        """Sales below zero."""
        return sum(sale.realised < 0 for sale in self.journal.sales)

    @cached_property
    def proof(self) -> Proof:
        """Whether the day holds against the broker."""
        return Proof(self.account, self.day)

    @cached_property
    def fresh(self) -> Freshness:
        """How old all this is."""
        return Freshness(self.account)
