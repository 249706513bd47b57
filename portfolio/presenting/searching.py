"""The page of what was found in the notes."""

from dataclasses import dataclass
from functools import cached_property

from kiwoomweb.access.models import Account
from portfolio.analytics.grams import needles
from portfolio.presenting.noting import address_of
from portfolio.selectors.matching import BEYOND
from portfolio.selectors.naming import Named, labels_named, shares_named
from portfolio.selectors.searching import Hit, search_notes

__all__ = ["SearchPage"]

#: Hits of one page; letters of a question, above which nobody means it.
MANY, LONGEST = 20, 100


@dataclass
class SearchPage:
    """``question`` and ``before`` come from the address and may be nonsense."""

    account: Account
    question: str
    before: str = ""

    @cached_property
    def asked(self) -> str:
        """What is looked for."""
        return self.question.strip()[:LONGEST]

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
        return search_notes(self.account, self.asked, MANY + 1, before)
