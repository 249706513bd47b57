"""Relay: the latest value per topic of one account, and what changed since the last frame.

A tick costs two dictionary writes here; text is built once per frame, for followed topics only
(latest-per-symbol conflation). Nothing in this module waits or knows a network.
"""

import itertools
from collections import deque
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime

from kiwoomweb.broker.domain import SEOUL, Book, IndexTick, SessionEvent, Tick
from market.events import LiveEvent, Print, PrintsEvent, QuoteEvent, encode
from market.reading import book_event, index_event, plain, quote_event, session_news
from market.topics import topic

__all__ = ["Relay"]

#: Prints kept per symbol. A frame carries them all, so a page may miss frames without missing prints.
TAPE = 40


class Relay:
    """One account's market as last heard. ``dropped`` counts ticks that came late and were not shown."""

    def __init__(self) -> None:
        self.latest: dict[str, LiveEvent | Tick | Book] = {}
        self.dirty: set[str] = set()
        self.heard: dict[str, int] = {}
        self.tapes: dict[str, deque[Print]] = {}
        self.numbers: dict[str, itertools.count[int]] = {}
        self.dropped = 0

    def tick(self, tick: Tick, heard: int) -> None:
        symbol = plain(tick.symbol)
        if self._goes_back(topic("quote", symbol), tick):
            self.dropped += 1
            return
        self._keep(topic("quote", symbol), tick, heard)
        self._print(symbol, tick, heard)

    def book(self, book: Book, heard: int) -> None:
        self._keep(topic("book", plain(book.symbol)), book, heard)

    def index(self, tick: IndexTick, heard: int) -> None:
        self._keep(topic("index", tick.sector), index_event(tick, heard), heard)

    def session(self, event: SessionEvent, heard: int) -> None:
        self._keep("session", session_news(event, heard), heard)

    def snapshot(self, event: QuoteEvent) -> None:
        """A quote by REST: shown unless a newer tick has overtaken it."""
        known = self.latest.get(event.topic)
        if isinstance(known, Tick) and known.volume >= (event.volume or 0) and same_day(known, event):
            return
        self._keep(event.topic, event, event.heard)

    def take(self, followed: AbstractSet[str]) -> dict[str, str]:
        """What changed since the last call and is followed, as JSON by topic; nobody else pays for text."""
        changed, self.dirty = self.dirty, set()
        return {name: encode(self._event(name)) for name in changed & followed}

    def touch(self, topics: Iterable[str]) -> None:
        """Somebody has begun to follow: the next frame carries these as if they had just changed."""
        self.dirty.update(name for name in topics if name in self.heard)

    def begin_again(self) -> None:
        """The socket is new: what is known stays on show, but may be followed by any tick."""
        for name, value in self.latest.items():
            if isinstance(value, Tick):
                self.latest[name] = quote_event(value, self.heard[name])

    def _keep(self, name: str, value: LiveEvent | Tick | Book, heard: int) -> None:
        self.latest[name] = value
        self.heard[name] = heard
        self.dirty.add(name)

    def _print(self, symbol: str, tick: Tick, heard: int) -> None:
        tape = self.tapes.setdefault(symbol, deque(maxlen=TAPE))
        number = next(self.numbers.setdefault(symbol, itertools.count(heard)))
        strength = None if tick.strength is None else str(tick.strength)
        tape.append(
            Print(number, int(tick.at.timestamp()), tick.price, tick.change, tick.size, tick.side, strength)
        )
        name = topic("prints", symbol)
        self.heard[name] = heard
        self.dirty.add(name)

    def _goes_back(self, name: str, tick: Tick) -> bool:
        """Late ticks are dropped: neither the time nor the day's volume may run backwards within a day."""
        known = self.latest.get(name)
        if not isinstance(known, Tick) or known.at.date() != tick.at.date():
            return isinstance(known, Tick) and tick.at < known.at
        return tick.at < known.at or tick.volume < known.volume

    def _event(self, name: str) -> LiveEvent:
        heard = self.heard[name]
        if name.startswith("prints:"):
            return PrintsEvent(name, tuple(self.tapes[name.partition(":")[2]]), heard)
        value = self.latest[name]
        if isinstance(value, Tick):
            return quote_event(value, heard)
        return book_event(value, heard) if isinstance(value, Book) else value


def same_day(tick: Tick, event: QuoteEvent) -> bool:
    return tick.at.astimezone(SEOUL).date() == datetime.fromtimestamp(event.at, SEOUL).date()
