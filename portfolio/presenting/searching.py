"""The page of what was found in the notes."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from kiwoomweb.access.models import Account, User
from portfolio.analytics.grams import needles
from portfolio.presenting.filter_bar import FilterBar
from portfolio.presenting.noting import address_of
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.matching import BEYOND
from portfolio.selectors.naming import Named, labels_named, shares_named
from portfolio.selectors.searching import Hit, search_notes

__all__ = ["SearchPage"]

#: Hits of one page; letters of a question, above which nobody means it.
MANY, LONGEST = 20, 100


@dataclass
class SearchPage:
    """``query`` is the address's: ``q``, ``before`` and a filter of trades; any of it may be nonsense."""

    account: Account
    query: QueryDict
    person: User | None = None

    @cached_property
    def asked(self) -> str:
        """What is looked for."""
        return self.query.get("q", "").strip()[:LONGEST]

    @cached_property
    def before(self) -> str:
        """The last hit of the page before."""
        return self.query.get("before", "")

    @cached_property
    def filter(self) -> TradeFilter:
        """The trades whose notes are looked through; ``q`` means the notes here."""
        return TradeFilter.parse(self.query, today_of(self.account)).without("q")

    @cached_property
    def bar(self) -> FilterBar | None:
        """The filter bar, for whoever is signed in."""
        return FilterBar(self.account, self.person, self.filter, {"q": self.asked}) if self.person else None

    @property
    def carried(self) -> str:
        """The filter behind other words of an address."""
        return "" if self.filter.is_empty else f"&{self.filter.query()}"

    @cached_property
    def is_askable(self) -> bool:
        """Whether there is a letter or a figure to look for."""
        return bool(needles(self.asked))

    @cached_property
    def hits(self) -> list[tuple[Hit, str]]:
        """One page of hits, each with the address of its note."""
        return [(hit, address_of(hit.place)) for hit in self._found[:MANY]]

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """Shares and labels called so, on the first page."""
        if not self.is_askable or self.before:
            return ()
        return (*shares_named(self.account, self.asked), *labels_named(self.account, self.asked))

    @property
    def older(self) -> int | None:
        """The last hit before which the next page goes on; none when this is the last."""
        return self._found[MANY - 1].id if len(self._found) > MANY else None

    @cached_property
    def _found(self) -> tuple[Hit, ...]:
        is_number = self.before.isascii() and self.before.isdigit()
        before = min(int(self.before), BEYOND) if is_number else BEYOND
        chosen = Chosen(self.account, self.filter)
        return search_notes(self.account, self.asked, MANY + 1, before, chosen)
