"""Relay: the latest value per topic of one account, and what changed since the last frame.

A trade costs a few look-ups here; text is written once per frame, for followed topics only (latest-per-symbol
conflation). Nothing in this module waits or knows a network.
"""

from collections import deque
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime

from kiwoomweb.broker.domain import SEOUL, Book, Halt, IndexTick, SessionEvent, Tick
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.trades import LAST, NEVER, Routed, Trades
from market.events import LiveEvent, QuoteEvent, encode
from market.frames import TAPES
from market.reading import book_event, index_event, session_news
from market.reading_signals import vi_event
from market.shares import Frames, Share
from market.signal_events import ViEvent, ViNews
from market.topics import place_of_item, topic

__all__ = ["Relay"]

#: Seconds an event may be ahead of the broker's clock, and how many in a row mean that the clock was moved.
AHEAD, MOVED = 300, 20
#: VIs a page hears of at once: more never came in the time a page may miss.
HALTS = 40


class Relay:
    """One account's market as last heard.

    ``dropped`` counts what came late and was not shown, ``unread`` trades that were none. ``usual`` is the
    suffix of the venue the account usually watches; where that is the KRX, the share and its KRX are one.
    """

    def __init__(self, usual: str = "") -> None:
        self.usual = usual
        self.twins: dict[str, str] = {}
        self.firsts: dict[str, str] = {}
        self.latest: dict[str, LiveEvent | Share | Book] = {}
        self.dirty: set[str] = set()
        self.heard: dict[str, int] = {}
        self.dropped = self.unread = 0
        self._moved: list[Share] = []
        self._shares: dict[str, Share] = {}
        self._tapes: dict[str, Share] = {}
        self._items: dict[str, Share] = {}
        self._followed: AbstractSet[str] = frozenset()
        self._now = NEVER
        self._moments: dict[str, int] = {}
        #: The broker's moment as far as we know (0: not yet), and how many events in a row were ahead of it.
        self.present = self._ahead = 0
        self._order: dict[str, int] = {}
        self._halts: deque[ViEvent] = deque(maxlen=HALTS)

    def trades(self, trades: Trades, heard: int) -> None:
        """Frames of trades. The first of a share and the first of a second are read whole, others no further
        than their place in the order."""
        if trades.now is not self._now:
            self._now = trades.now
            self.present = int(trades.now.timestamp())
            self._moments.clear()
        moments, items = self._moments, self._items
        for raw, frame in zip(trades.raws, trades.frames, strict=True):
            n = -len(frame.data)  # counted from the end, so that the only one is LAST
            for entry in frame.data:
                fids = entry.values
                try:
                    at, share = moments[fids.at], items[entry.item]
                except KeyError:
                    self._read(trades, raw, n, entry, heard)
                else:
                    volume = fids.volume
                    if (at < share.at or volume <= share.volume) and share.late(at, volume):
                        self.dropped += 1
                    else:
                        share.at = at
                        share.volume = volume
                        share.count += 1
                        share.tape.append((at, heard, raw, n))
                        if not share.moved:
                            share.moved = True
                            self._moved.append(share)
                n += 1

    def tick(self, tick: Tick, heard: int) -> None:
        """A trade in a trader's words."""
        share, at = self._share(tick.symbol, heard), int(tick.at.timestamp())
        if share.late(at, tick.volume) or self._early(at):
            self.dropped += 1
            return
        share.at, share.volume = at, tick.volume
        share.count += 1
        share.tape.append((at, heard, tick, LAST))
        if not share.moved:
            share.moved = True
            self._moved.append(share)

    def book(self, book: Book, heard: int) -> None:
        name = topic("book", place_of_item(book.symbol, self.usual))
        if self._in_order(name, int(book.at.timestamp())):
            self._keep(name, book, heard)

    def index(self, tick: IndexTick, heard: int) -> None:
        self.keep(index_event(tick, heard))

    def session(self, event: SessionEvent, heard: int) -> None:
        self.keep(session_news(event, heard))

    def halt(self, halt: Halt, heard: int) -> None:
        """A VI: the latest of its share, and one more of all."""
        event = vi_event(halt, self._halts[-1].number + 1 if self._halts else heard, heard)
        self._halts.append(event)
        self.keep(event)
        self._keep("vi", ViNews(topic="vi", at=event.at, heard=heard, halts=tuple(self._halts)), heard)

    def keep(self, event: LiveEvent) -> None:
        """Any event, under its topic; what is older than what is known is dropped."""
        at = getattr(event, "at", None)
        if at is None or self._in_order(event.topic, at):
            self._keep(event.topic, event, event.heard)

    def snapshot(self, event: QuoteEvent) -> None:
        """A quote by REST: shown unless a newer trade has overtaken it."""
        self._settle()
        known = self.latest.get(event.topic)
        if isinstance(known, Share):
            if known.volume >= (event.volume or 0) and same_day(known, event):
                return
            known.forget_order()
        self._keep(event.topic, event, event.heard)

    def take(self, followed: AbstractSet[str]) -> dict[str, str]:
        """What changed since the last call and is followed, as JSON by topic; nobody else pays for text."""
        self._settle()
        if followed is not self._followed:
            self._followed = followed
            for share in self._shares.values():
                share.widen(share.prints in followed)
        changed, self.dirty = self.dirty, set()
        texts, frames, latest = {}, Frames(), self.latest
        for name in changed & followed:
            value = latest.get(name)
            try:
                texts[name] = (
                    value.text(frames) if isinstance(value, Share) else self._text(name, value, frames)
                )
            except Unreadable:
                self.unread += 1
        return self._with_twins(texts) if self.twins else texts

    def tapes(self, names: Iterable[str]) -> dict[str, str]:
        """The whole tape of those names that are tapes: what is kept for whoever begins to follow."""
        own = {self.firsts.get(name, name) for name in names if name.startswith(TAPES)}
        return self._with_twins({name: self._tapes[name].whole_tape() for name in own})

    def _with_twins(self, texts: dict[str, str]) -> dict[str, str]:
        for name in texts.keys() & self.twins.keys():
            twin = self.twins[name]
            texts[twin] = texts[name].replace(f'"topic":"{name}"', f'"topic":"{twin}"', 1)
        return texts

    def follow(self, topics: Iterable[str]) -> AbstractSet[str]:
        """These are followed from now on; what ``take`` is to be asked for."""
        topics = set(topics)
        self.twins = (
            {} if self.usual else {name.removesuffix("@KRX"): name for name in topics if "@KRX" in name}
        )
        self.firsts = {twin: name for name, twin in self.twins.items()}
        return topics | self.twins.keys()

    def knows(self, name: str) -> bool:
        """Whether anything has been heard under this topic."""
        return name in self.heard or (not self.usual and name.removesuffix("@KRX") in self.heard)

    def touch(self, topics: Iterable[str]) -> None:
        """Somebody has begun to follow: the next frame carries these as if they had just changed."""
        self._settle()
        names = topics if self.usual else {name.removesuffix("@KRX") for name in topics}
        self.dirty.update(name for name in names if name in self.heard)

    def begin_again(self) -> None:
        """The socket is new: what is known stays on show, but may be followed by any trade."""
        self._settle()
        self._order.clear()
        for share in self._shares.values():
            share.forget_order()

    def _in_order(self, name: str, at: int) -> bool:
        if at < self._order.get(name, 0) or self._early(at):
            self.dropped += 1
            return False
        self._order[name] = at
        return True

    def _early(self, at: int) -> bool:
        """Ahead of the broker's clock: a clock time of another day. Many in a row: that clock was moved."""
        if not self.present or at <= self.present + AHEAD:
            self._ahead = 0
            return False
        self._ahead += 1
        return self._ahead <= MOVED

    def _settle(self) -> None:
        """Note under their topics the shares that have traded since this was last done."""
        moved, self._moved = self._moved, []
        latest, heard, dirty = self.latest, self.heard, self.dirty
        for share in moved:
            share.moved = False
            quote, prints = share.quote, share.prints
            latest[quote] = share
            heard[quote] = heard[prints] = share.tape[-1][
                1
            ]  # what has moved has a trade no text was written of
            dirty.add(quote)
            dirty.add(prints)

    def _read(self, trades: Trades, raw: bytes, n: int, entry: Routed, heard: int) -> None:
        try:
            tick = trades.tick(raw, n)
        except Unreadable:
            self.unread += 1
            return
        at = int(tick.at.timestamp())
        if not self.present or at <= self.present + AHEAD:
            self._moments[entry.values.at] = at
        self._items[entry.item] = self._share(tick.symbol, heard)
        self.tick(tick, heard)

    def _share(self, item: str, heard: int) -> Share:
        place = place_of_item(item, self.usual)
        if place not in self._shares:
            self._shares[place] = share = Share(place, heard)
            self._tapes[share.prints] = share
        return self._shares[place]

    def _keep(self, name: str, value: LiveEvent | Book, heard: int) -> None:
        self.latest[name] = value
        self.heard[name] = heard
        self.dirty.add(name)

    def _text(self, name: str, value: LiveEvent | Book | None, frames: Frames) -> str:
        if value is None:  # a tape, which has no value of its own
            return self._tapes[name].printed(frames)
        return encode(book_event(value, name, self.heard[name]) if isinstance(value, Book) else value)


def same_day(share: Share, event: QuoteEvent) -> bool:
    days = (datetime.fromtimestamp(moment, SEOUL).date() for moment in (share.at, event.at))
    return len(set(days)) == 1
