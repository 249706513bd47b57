"""Browser: one open page and what it has yet to be told, bounded whatever the page does.

Updates are conflated to the latest per topic. The page acknowledges what it has read; with eight messages
unread nothing more is sent (credit is the only back-pressure ASGI offers under Daphne). A page that stays
behind is told to fetch afresh, and is closed in the end. Order events are never conflated: when too many
wait, they are dropped here and the page replays them from the database by their number.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic, time

from market.guests import Guest

__all__ = ["GONE", "SLOW", "Browser"]

#: Messages a page may leave unread.
WINDOW = 8
#: Seconds without credit after which the page must fetch afresh, and after which it is closed.
BEHIND, SLOW_TOO_LONG = 10, 30
#: Order events that may wait for credit.
EVENTS = 100
#: Seconds of nothing to say after which we say that we are still here.
QUIET = 2.0

#: Close codes: too slow (come again), no longer welcome (do not).
SLOW, GONE = 4408, 4403


@dataclass(eq=False, slots=True)
class Browser:
    """``say`` writes one text to the socket, ``close`` ends it with a code."""

    guest: Guest
    say: Callable[[str], Awaitable[None]]
    close: Callable[[int], Awaitable[None]]
    event_seq: int
    topics: set[str] = field(default_factory=set)
    pending: dict[str, str] = field(default_factory=dict)
    events: deque[str] = field(default_factory=deque)
    feed: str = ""
    resync: bool = False
    sent: int = 0
    acked: int = 0
    _told_feed: str = ""
    _blocked_at: float | None = None
    _said_at: float = field(default_factory=monotonic)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, updates: Mapping[str, str]) -> None:
        """Take what this page follows out of a frame."""
        for name in self.topics & updates.keys():
            self.pending[name] = updates[name]
        if self.pending:
            self._wake.set()

    def know(self, feed: str) -> None:
        """The feed's state, told when it differs from what was told last."""
        self.feed = feed
        if feed != self._told_feed:
            self._wake.set()

    def event(self, seq: int, text: str) -> bool:
        """One order or balance event. ``False``: an earlier one is missing and must be replayed first."""
        if seq <= self.event_seq:
            return True
        if seq > self.event_seq + 1:
            return False
        self.event_seq = seq
        self.events.append(text)
        if len(self.events) > EVENTS:
            self.start_afresh()
        self._wake.set()
        return True

    def start_afresh(self) -> None:
        """The page has missed something: it is told to fetch its regions again."""
        self.events.clear()
        self.resync = True
        self._wake.set()

    def read(self, seq: int) -> None:
        """The page has read everything up to message ``seq``."""
        self.acked = max(self.acked, min(seq, self.sent))
        self._wake.set()

    def answer(self, text: str) -> Awaitable[None]:
        """Say something outside the numbered messages (the answer to a ping)."""
        return self.say(text)

    async def pump(self) -> None:
        """Write messages while there is something to say and credit to say it; until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._has_credit() and self._has_news():
                await self._message()

    async def look(self) -> None:
        """Once a second: keep a quiet page warm, turn a slow one away."""
        now = monotonic()
        if self._has_credit():
            if now - self._said_at >= QUIET:
                await self._message()
            return
        behind = now - (self._blocked_at or now)
        if behind > SLOW_TOO_LONG:
            await self.close(SLOW)
        elif behind > BEHIND and not self.resync:
            self.start_afresh()

    def _has_news(self) -> bool:
        return bool(self.pending or self.events or self.resync or self.feed != self._told_feed)

    def _has_credit(self) -> bool:
        if self.sent - self.acked < WINDOW:
            self._blocked_at = None
            return True
        self._blocked_at = self._blocked_at or monotonic()
        return False

    async def _message(self) -> None:
        self.sent += 1
        text = self._compose()
        self.pending, self.resync = {}, False
        self.events.clear()
        self._told_feed = self.feed
        self._said_at = monotonic()
        await self.say(text)

    def _compose(self) -> str:
        """Join fragments that were written once for everybody; nothing is encoded per browser."""
        parts = [f'"seq":{self.sent},"ts":{int(time() * 1000)}']
        if self.feed != self._told_feed:
            parts.append(f'"feed":{self.feed}')
        if self.pending:
            parts.append(f'"updates":[{",".join(self.pending.values())}]')
        if self.events:
            parts.append(f'"events":[{",".join(self.events)}]')
        if self.resync:
            parts.append('"resync":true')
        if self.resync or self.sent == 1:
            parts.append(f'"events_to":{self.event_seq}')
        return "{" + ",".join(parts) + "}"
