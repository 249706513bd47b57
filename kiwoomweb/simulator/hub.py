"""The hub: every open socket, one heartbeat for all of them, and bounded outboxes.

A slow reader never holds up the others. One that falls too far behind is cut off: it will connect again and ask
for what it missed, which is better than a stream with silent holes.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from time import monotonic

import msgspec

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.faults import Faults
from kiwoomweb.simulator.feed import Feed, Fragments
from kiwoomweb.simulator.profile import Profile
from kiwoomweb.simulator.replies.screening.found import REALTIME as CONDITION
from kiwoomweb.simulator.replies.screening.found import pushed
from kiwoomweb.simulator.screening.screen import Screen
from kiwoomweb.simulator.session import BYE, Session
from kiwoomweb.simulator.tokens import Tokens

__all__ = ["Hub", "Line"]

log = logging.getLogger(__name__)

MOST_FRAMES = 2_000
#: Entries in one REAL frame; a burst becomes several frames.
MOST_ENTRIES = 100


#: Who is back sooner than this after a hang-up may be dropped (PROTOCOL 11, 79).
HASTE_S = 1.0
#: What is told of the account (PROTOCOL 8.7).
ACCOUNT = frozenset({("00", ""), ("04", "")})
#: What no client can make sense of.
GARBAGE = (
    "hello",
    '{"trnm":"REAL","data":[{"type":"0B"',
    '{"trnm":"FIREWORKS","data":[1,2]}',
    '{"trnm":"REAL","data":[{"type":"9Z","item":"005930","values":{"1":"2"}}]}',
    '{"trnm":"REAL","data":[{"type":"0B","item":"005930","values":{"20":"noon"}}]}',
)


class Line:
    """One socket: its conversation, what waits to be sent on it, and how to cut it off without a word."""

    def __init__(self, session: Session, cut: Callable[[], None]) -> None:
        self.session = session
        self.cut = cut
        self.waiting: deque[str] = deque()
        self.ready = asyncio.Event()
        #: Turned away as soon as it speaks: it came back too fast.
        self.hasty = False

    def speak(self) -> None:
        """Queue what the session has to say and wake the writer."""
        self.waiting.extend(self.session.said)
        self.session.said.clear()
        if self.waiting or self.session.ending:
            self.ready.set()

    def tell(self, entries: list[str]) -> None:
        """Queue REAL entries as frames, unless the reader is too far behind."""
        if len(self.waiting) > MOST_FRAMES:
            self.cut()
            return
        for start in range(0, len(entries), MOST_ENTRIES):
            together = ",".join(entries[start : start + MOST_ENTRIES])
            self.waiting.append(f'{{"trnm":"REAL","data":[{together}]}}')
        self.ready.set()


class Hub:
    def __init__(
        self, exchange: Exchange, profile: Profile, tokens: Tokens, faults: Faults, account: str
    ) -> None:
        self.profile = profile
        self._exchange, self._tokens, self._faults, self._account = exchange, tokens, faults, account
        self._feed = Feed(exchange, profile)
        self._screen = Screen(exchange)
        self._lines: set[Line] = set()
        self._hung_up_at = float("-inf")

    def open(self, cut: Callable[[], None]) -> Line:
        session = Session(self.profile, self._tokens.owner, monotonic(), self._logged_in, self._screen.ask)
        line = Line(session, cut)
        back_at_once = monotonic() - self._hung_up_at < HASTE_S
        line.hasty = back_at_once and self._faults.next_on_socket("ws_hasty") is not None
        self._lines.add(line)
        return line

    def close(self, line: Line) -> None:
        self._hung_up_at = monotonic()
        self._lines.discard(line)

    def __iter__(self) -> Iterator[Line]:
        return iter(list(self._lines))

    async def beat_forever(self) -> None:
        """Until cancelled: pings, time-outs, and what the virtual clock has passed since the last beat."""
        while True:
            await asyncio.sleep(self.profile.ws_flush_s)
            for part in (self.beat, self.look_for_conditions):
                try:
                    part()
                except Exception:
                    log.exception("one heartbeat of the sockets failed")

    def beat(self) -> None:
        self._misbehave()
        fragments = self._feed.since_last(self._wanted(), self._account)
        if _of_account(fragments) and self._faults.next_on_socket("ws_duplicate"):
            fragments = {pair: told * 2 if pair in ACCOUNT else told for pair, told in fragments.items()}
        self._deliver(fragments)

    def look_for_conditions(self) -> None:
        """Search on for a moment: tell what came in and fell out, then answer searches that are complete."""
        fragments: Fragments = {}
        for change in self._screen.advance(self._followed()):
            told = msgspec.json.encode(pushed(change, self._exchange.now())).decode()
            fragments.setdefault((CONDITION, change.seq), []).append(told)
        if fragments:
            self._deliver(fragments)
        answers = list(self._screen.answers())
        for answer in answers:
            answer()
        if answers:
            self._deliver({})

    def _deliver(self, fragments: Fragments) -> None:
        now, silent = monotonic(), self._faults.silent()
        if self._faults.mute():
            fragments = {}
        for line in self:
            if silent:
                line.session.said.clear()
                continue
            line.session.tick(now)
            if line.session.pair and not line.session.ending and (entries := _of_interest(line, fragments)):
                line.tell(entries)
            line.speak()

    def hear(self, line: Line, text: str | bytes) -> None:
        """A client said something; answer at once, unless a fault keeps us silent."""
        if line.hasty:
            line.session.ending = BYE
        line.session.hear(text, monotonic())
        if self._faults.silent():
            line.session.said.clear()
        line.speak()

    def bye(self) -> None:
        """Close every socket as maintenance does."""
        for line in self:
            line.session.ending = BYE
            line.speak()

    def _misbehave(self) -> None:
        if self._faults.next_on_socket("ws_garbage"):
            for line in self:
                line.session.said += GARBAGE
                line.speak()
        if self._faults.next_on_socket("ws_kick"):
            for line in self:
                line.session.hang_up("R10001")
                line.speak()
        if self._faults.next_on_socket("ws_drop"):
            for line in self:
                line.cut()
        if self._faults.next_on_socket("ws_bye"):
            self.bye()

    def _wanted(self) -> Iterable[tuple[str, str]]:
        for line in self._lines:
            if line.session.pair:
                yield from line.session.registrations.pairs()

    def _followed(self) -> Iterable[str]:
        for line in self._lines:
            yield from line.session.searching.following

    def _logged_in(self, newcomer: Session) -> None:
        """One session per key: the older one is told R10001 and closed (a knob, appendix B 2)."""
        if self.profile.ws_dup == "allow":
            return
        for line in self:
            if line.session is not newcomer and line.session.pair == newcomer.pair:
                line.session.hang_up("R10001")
                line.speak()


def _of_account(fragments: Fragments) -> bool:
    return any(pair in fragments for pair in ACCOUNT)


def _of_interest(line: Line, fragments: Fragments) -> list[str]:
    return [
        entry
        for (kind, item), entries in fragments.items()
        if line.session.wants(kind, item)
        for entry in entries
    ]
