"""The feed: what happened in the virtual time since the last look, as ready-made fragments of REAL frames.

Each thing is written once however many sockets want it. Books, indices and the types without events are looked
at once a (real) second unless trades moved them; trades, session changes and account events are never skipped,
except that trades the clock leapt over (a jump, a night) are gone, as they are for a client that was away.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from decimal import Decimal
from time import monotonic

import msgspec

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.broker.wire.writing import prefixed
from kiwoomweb.simulator.account_facts import AccountEvent, OrderEvent
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.looking import Looking
from kiwoomweb.simulator.market_facts import Depth
from kiwoomweb.simulator.parting import parted
from kiwoomweb.simulator.profile import REAL, Profile
from kiwoomweb.simulator.replies import realtime
from kiwoomweb.simulator.replies.names import SUFFIXES
from kiwoomweb.simulator.replies.realtime import Entry
from kiwoomweb.simulator.turns import Turns

__all__ = ["Feed", "Fragments"]

log = logging.getLogger(__name__)

#: (realtime type, item) -> entries as JSON text, oldest first. Account types use the item "".
Fragments = dict[tuple[str, str], list[str]]

#: A gap longer than this is a leap of the clock, not trading to be told print by print.
LEAP = timedelta(minutes=10)
#: Prints of one stock told in one go; at high speed the oldest are left out, totals stay right.
MOST_PRINTS = 100
SLOW_LOOK_S = 1.0
#: Stocks nobody asked for before cost most at first sight; so many of them join at each look.
NEWCOMERS = 8


@contextmanager
def _apart(what: str) -> Iterator[None]:
    """Account events were taken from the log and must arrive: nothing else may break them off."""
    try:
        yield
    except Exception:
        log.exception("one part of the feed failed: %s", what)


class Feed:
    def __init__(
        self, exchange: Exchange, profile: Profile = REAL, clock: Callable[[], float] = monotonic
    ) -> None:
        self._exchange, self._profile = exchange, profile
        self._clock = clock
        self._told_until = exchange.now()
        self._sequence = exchange.sequence
        self._told_before: set[str] = set()
        self._books: dict[str, Depth] = {}
        self._book_turns: Turns[str] = Turns(clock)
        self._indices: dict[str, tuple[Decimal, int]] = {}
        self._looking = Looking(exchange, clock)
        self._slow_look_at = clock()

    def since_last(self, wanted: Iterable[tuple[str, str]], account: str) -> Fragments:
        """Everything that is new for the wanted (type, item) pairs."""
        now, since = self._exchange.now(), self._told_until
        self._told_until = now
        slow = self._clock() >= self._slow_look_at
        if slow:
            self._slow_look_at = self._clock() + SLOW_LOOK_S
        fragments = self._account(account)
        asked = self._admitted(set(wanted))
        with _apart("trades and books"):
            moved = self._trades(fragments, asked, since if now - since <= LEAP else now, now)
            self._book_changes(fragments, asked, moved)
        with _apart("indices"):
            if slow:
                self._index_moves(fragments, asked)
        with _apart("looks"):
            self._look_again(fragments, asked)
        with _apart("sessions"):
            self._sessions(fragments, max(since, now - timedelta(days=1)), now)
        with _apart("halts"):
            self._halts(fragments, asked, since, now)
        return fragments

    def _admitted(self, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """What is wanted, without the items that wait for their turn."""
        newcomers = sorted({item for _, item in wanted} - self._told_before)
        waiting = set(newcomers[NEWCOMERS:])
        self._told_before.update(newcomers[:NEWCOMERS])
        return {pair for pair in wanted if pair[1] not in waiting}

    def _account(self, account: str) -> Fragments:
        """00 and 04, in the order they happened, whether anybody listens or not: none is told twice."""
        fragments: Fragments = {}
        for event in self._exchange.events(self._sequence):
            self._sequence = event.sequence
            is_order = isinstance(event, OrderEvent)
            code = event.order.code if isinstance(event, OrderEvent) else event.position.code
            found, quote = self._exchange.instrument(code), self._exchange.quote(code)
            name = found.name if found else ""
            told = (
                realtime.order_event(account, event, name, quote)
                if isinstance(event, OrderEvent)
                else realtime.balance_changed(account, event, name, quote)
            )
            _add(fragments, "00" if is_order else "04", "", self._in_this_hosts_manner(told, event))
        return fragments

    def _in_this_hosts_manner(self, told: Entry, event: AccountEvent) -> Entry:
        """Appendix B 15 and 16."""
        values = dict(told["values"])
        if isinstance(event, OrderEvent) and event.fill and self._profile.fid911 == "unit":
            values["911"] = values["915"]
        if self._profile.ws_a_prefix:
            values["9001"] = prefixed(values["9001"])
            return {**told, "item": prefixed(told["item"]), "values": values}
        return {**told, "values": values}

    def _trades(
        self, fragments: Fragments, asked: set[tuple[str, str]], since: datetime, now: datetime
    ) -> set[str]:
        """0B. Returns the items that traded."""
        start = max(since, datetime.combine(now.date(), time(), SEOUL))
        moved = set()
        for item in {item for kind, item in asked if kind in {"0B", "0D"}}:
            code, venue = _parted(item)
            about = self._exchange.quoted(code)
            if about is None or venue is None or start >= now:
                continue
            prints = self._exchange.prints(code, start, now, venue)[-MOST_PRINTS:]
            if not prints:
                continue
            moved.add(item)
            if ("0B", item) in asked:
                quote = self._exchange.quote(code, venue)
                for tick in prints:
                    _add(fragments, "0B", item, realtime.traded(item, tick, about, quote))
        return moved

    def _book_changes(self, fragments: Fragments, asked: set[tuple[str, str]], moved: set[str]) -> None:
        """0D, when the book differs from the one told last; at once after a trade, otherwise in turn."""
        items = {item for kind, item in asked if kind == "0D"}
        self._books = {item: book for item, book in self._books.items() if item in items}
        for item in moved & items:
            self._book_turns.took(item)
            self._book_change(fragments, item)
        for item in self._book_turns.due(items):
            self._book_change(fragments, item)

    def _book_change(self, fragments: Fragments, item: str) -> None:
        code, venue = _parted(item)
        if venue is None or self._exchange.instrument(code) is None:
            return
        depth = self._exchange.depth(code, venue)
        told = self._books.get(item)
        if told is not None and (told.asks, told.bids) == (depth.asks, depth.bids):
            return
        self._books[item] = depth
        base = self._exchange.quote(code, venue).base_price
        parts = parted(self._exchange, depth) if venue is Venue.ALL else None
        _add(fragments, "0D", item, realtime.book_changed(item, depth, base, parts))

    def _index_moves(self, fragments: Fragments, asked: set[tuple[str, str]]) -> None:
        for sector in {item for kind, item in asked if kind == "0J"}:
            index = self._exchange.index(sector)
            if index is None or self._indices.get(sector) == (index.level, index.volume):
                continue
            self._indices[sector] = (index.level, index.volume)
            _add(fragments, "0J", sector, realtime.index_moved(index))

    def _look_again(self, fragments: Fragments, asked: set[tuple[str, str]]) -> None:
        for (kind, item), seen in self._looking.changed(asked):
            _add(fragments, kind, item, realtime.entry(kind, item, seen))

    def _sessions(self, fragments: Fragments, since: datetime, now: datetime) -> None:
        for told in self._exchange.session_changes(since, now):
            _add(fragments, "0s", "", realtime.session_changed(told))

    def _halts(self, fragments: Fragments, asked: set[tuple[str, str]], since: datetime, now: datetime) -> None:
        """1h, of everything once anybody wants any: who wants which is the hub's matter."""
        if not any(kind == "1h" for kind, _ in asked):
            return
        for told in self._exchange.halts.events(since, now):
            about = self._exchange.instrument(told.halt.code)
            if about is not None:
                base = self._exchange.quote(about.code, Venue.KRX).base_price
                _add(fragments, "1h", about.code, realtime.halted(told, about, base))


def _parted(item: str) -> tuple[str, Venue | None]:
    """``005930_NX`` -> the bare code and its venue; no venue for a suffix that does not exist."""
    code, underscore, suffix = item.partition("_")
    return code, SUFFIXES.get(f"{underscore}{suffix}")


def _add(fragments: Fragments, kind: str, item: str, entry: Entry) -> None:
    fragments.setdefault((kind, item), []).append(msgspec.json.encode(entry).decode())
