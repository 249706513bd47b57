"""Browser: one open page and what it has yet to be told, bounded whatever the page does.

Updates are conflated to the latest per topic, at the rate the page has asked for. The page acknowledges what
it has read; with so many messages unread, or with its socket full, nothing more is sent. A page that stays
behind is told to fetch afresh, and is closed in the end. Order events are never conflated: when too many
wait, they are dropped here and the page replays them from the database by their number.
"""

import asyncio
from collections import deque
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from time import monotonic, time

from market.frames import RATE, TAPES
from market.guests import Guest
from market.selectors.events import covered_text
from market.speech import Speech
from market.wires import Wire

__all__ = ["GONE", "SLOW", "Browser"]

#: Messages a page may leave unread; it says so once for every half of them.
WINDOW = 16
#: Seconds without credit after which the page must fetch afresh, and after which it is closed.
BEHIND, SLOW_TOO_LONG = 10, 30
#: Order events that may wait for credit.
EVENTS = 100
#: Characters of a tape that may wait; beyond it the page hears the newest prints and sees the hole before them.
TAPE_WAITS = 262_144
#: Seconds of nothing to say after which we say that we are still here.
QUIET = 2.0
#: A frame may come so much sooner than a page's turn and still be its turn: both clocks tremble. Without a
#: frame, what waits is said so much later.
EARLY, LATE = 0.75, 1.25

#: Close codes: too slow (come again), no longer welcome (do not).
SLOW, GONE = 4408, 4403


@dataclass(eq=False, slots=True)
class Browser:
    """``rate`` is frames a second; ``wire`` is its socket."""

    guest: Guest
    wire: Wire
    event_seq: int
    rate: float = RATE
    topics: set[str] = field(default_factory=set)
    pending: dict[str, str] = field(default_factory=dict)
    events: deque[str] = field(default_factory=deque)
    speech: Speech = field(default_factory=Speech)
    feed: str = ""
    resync: bool = False
    sent: int = 0
    acked: int = 0
    _told_feed: str = ""
    _blocked_at: float | None = None
    _said_at: float = float("-inf")
    _timer: asyncio.TimerHandle | None = None

    def offer(self, updates: Mapping[str, str], names: AbstractSet[str] | None = None) -> None:
        """Take what this page follows out of a frame, and tell it if it may hear it now.

        ``names`` are those of the updates, made a set once for many pages: then the smaller side is looked
        through, which is the page's.
        """
        pending = self.pending
        for name in self.topics & (updates.keys() if names is None else names):
            if name in pending and name.startswith(TAPES):
                pending[name] = longer(pending[name], updates[name])
            else:
                pending[name] = updates[name]
        if pending:
            self.flush()

    def know(self, feed: str) -> None:
        """The feed's state, told when it differs from what was told last."""
        self.feed = feed
        if feed != self._told_feed:
            self.flush()

    def event(self, seq: int, text: str, *, more: bool = False) -> bool:
        """One order or balance event; with ``more`` it waits for the next.

        ``False``: an earlier one is missing and must be replayed first.
        """
        if seq <= self.event_seq:
            return True
        if seq > self.event_seq + 1:
            return False
        self.event_seq = seq
        self.events.append(covered_text(text) if self.guest.masked else text)
        if len(self.events) > EVENTS:
            self.start_afresh()
        if not more:
            self.flush()
        return True

    def start_afresh(self) -> None:
        """The page has missed something: it is told to fetch its regions again."""
        self.events.clear()
        self.resync = True
        self.flush()

    def read(self, seq: int) -> None:
        """The page has read everything up to message ``seq``."""
        self.acked = max(self.acked, min(seq, self.sent))
        if self._blocked_at is not None and self._has_credit():
            self._blocked_at = None
            self.flush()

    def flush(self) -> None:
        """Say what there is to say, if the page has credit, an empty socket and its turn."""
        if not self._has_news():
            return
        if not self._has_credit():
            self._blocked_at = self._blocked_at or monotonic()
            return
        waited = monotonic() - self._said_at
        hurry = self.events or self.resync or self.feed != self._told_feed
        if self.wire.is_full() or (waited * self.rate < EARLY and not hurry):
            self._later(max(LATE / self.rate - waited, LATE / self.rate / 2))
        else:
            self._message()

    def look(self) -> None:
        """Once a second: keep a quiet page warm, turn a slow one away."""
        now = monotonic()
        if self._has_credit() and not self.wire.is_full():
            self._blocked_at = None
            if now - self._said_at >= QUIET:
                self._message()
            return
        self._blocked_at = self._blocked_at or now
        behind = now - self._blocked_at
        if behind > SLOW_TOO_LONG:
            self.wire.close(SLOW)
        elif behind > BEHIND and not self.resync:
            self.start_afresh()

    def leave(self) -> None:
        """The page has gone; nothing is said any more."""
        if self._timer:
            self._timer.cancel()
        self.pending.clear()
        self.events.clear()

    def _later(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        self.flush()

    def _has_news(self) -> bool:
        return bool(self.pending or self.events or self.resync or self.feed != self._told_feed)

    def _has_credit(self) -> bool:
        return self.sent - self.acked < WINDOW

    def _message(self) -> None:
        self.sent += 1
        text = self._compose()
        self.pending.clear()
        self.resync = False
        self.events.clear()
        self._told_feed = self.feed
        self._said_at = monotonic()
        self.wire.say(text)

    def _compose(self) -> str:
        """Join fragments that were written once for everybody; nothing is encoded per browser."""
        text = f'{{"seq":{self.sent},"ts":{int(time() * 1000)}'
        if self.feed != self._told_feed:
            text += f',"feed":{self.feed}'
        if self.pending:
            text += f',"updates":[{",".join(self.pending.values())}]'
        if self.events:
            text += f',"events":[{",".join(self.events)}]'
        if self.resync:
            text += ',"resync":true'
        if self.resync or self.sent == 1:
            text += f',"events_to":{self.event_seq}'
        return text + "}"


def longer(waiting: str, newer: str) -> str:
    """A tape is not conflated: its parts line up, until too much waits."""
    return f"{waiting},{newer}" if len(waiting) + len(newer) < TAPE_WAITS else newer
