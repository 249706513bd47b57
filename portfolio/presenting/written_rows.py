"""Written rows: a page of the list of trades as HTML, kept while nothing it was written from has changed.

The key holds the version the database itself counts for the account (``selectors.versions``), so that a page
read again between two fills costs one question, and one read after a change is written anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple

from django.utils.safestring import SafeString

from portfolio.models import Trade
from portfolio.selectors.filtering.sums import Sums

__all__ = ["WrittenRows", "forget_rows", "written_once"]

#: Letters one process keeps, about a hundred pages of two hundred trades.
MOST = 20_000_000


class WrittenRows(NamedTuple):
    """``first`` and ``last`` are numbers of trades, 0 on an empty page. Beside the rows: what all trades of the
    filter come to, and those whose beginning nobody knows."""

    rows: SafeString
    first: int
    last: int
    has_earlier: bool
    has_later: bool
    sums: Sums
    unsettled: tuple[Trade, ...]


class _Shelf:
    """Pages by key, those read last; no more than ``MOST`` letters altogether."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Hashable, WrittenRows] = OrderedDict()
        self.letters = 0
        self.lock = Lock()

    def get(self, key: Hashable) -> WrittenRows | None:
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
            return self.pages.get(key)

    def put(self, key: Hashable, page: WrittenRows) -> None:
        with self.lock:
            if key in self.pages:
                return
            self.pages[key] = page
            self.letters += len(page.rows)
            while self.letters > MOST:
                _key, gone = self.pages.popitem(last=False)
                self.letters -= len(gone.rows)

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.letters = 0


_SHELF = _Shelf()


def written_once(key: Hashable, write: Callable[[], WrittenRows]) -> WrittenRows:
    """The kept page of that key, else the one written now. The key must say everything the rows depend on."""
    found = _SHELF.get(key)
    if found is None:
        found = write()
        _SHELF.put(key, found)
    return found


def forget_rows() -> None:
    """Write every page anew."""
    _SHELF.clear()
