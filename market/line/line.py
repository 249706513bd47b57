"""Line: hold one account's broker socket and feed its relay, for as long as the lease is ours.

lease -> term
  ├── term.keep          renewals; losing the lease ends everything below
  ├── publisher.run      frames, ten a second
  ├── deliveries.run     order and balance events, in order
  ├── lookout.run        alerts on what the frames say
  ├── answer_questions   condition searches of pages, asked over the socket (market.door)
  ├── recorder.run       ticks and books of held and watched shares, written down
  ├── _follow_demand     what pages want -> what the broker is asked to send
  ├── _fill_waiting      what there is no room for, asked by REST
  ├── _mind_silence      a socket that tells nothing while the market trades is hung up
  └── _listen            the socket itself: ticks, connections, losses
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from time import monotonic, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from redis.exceptions import RedisError

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import BalanceChange, IndexTick, OrderEvent, ScreenerEvent, Tick
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError, Unreachable
from kiwoomweb.broker.samples import SAMPLE
from kiwoomweb.broker.stream_events import Connected, Declined, Lost, StreamEvent, Unrecognised
from kiwoomweb.broker.trades import Trades
from market.demand import Following, followed, plan
from market.door import Answer, answer_questions
from market.events import FeedState
from market.line.catching_up import catch_up
from market.line.deliveries import Deliveries
from market.line.lookout import Lookout
from market.line.odd import Odd
from market.line.screening import listen_again
from market.line.silence import LOOK_EVERY, Silence, clock_of
from market.line.term import LeaseLost, begin_term
from market.line.waiting import ROUND, Turns
from market.publishing import Publisher
from market.recording.recorder import Recorder
from market.relay import Relay
from market.selectors.watched import watched_symbols
from market.services.answering import note_answer
from market.services.feeding import went_deaf, went_live, went_lost
from market.services.screening import lost
from market.services.telling import tell_silence
from market.threads import in_thread
from market.together import end, together
from market.topics import VENUE_SUFFIX, item_of, place_of, topic

__all__ = ["Line"]

#: Seconds between looks at what pages follow, and between looks at what the account holds.
DEMAND_EVERY, ESSENTIAL_EVERY = 0.5, 30
#: Seconds between two notes of which realtime types the broker serves us.
NOTED_EVERY = 300
#: Seconds for which a type is listened to when somebody wants to see an entry of it.
LISTENS = 15.0
#: Seconds before a socket that could not even be made is tried again.
PAUSE = 10
#: Seconds between two recorded books of a share one holds or has an order in, and of one that is watched.
BOOKS_OWN, BOOKS_WATCHED = 1, 5
#: What moves every second while a market trades.
LIQUID = frozenset({Trades, Tick, IndexTick})

log = logging.getLogger(__name__)

Handlers = Mapping[type, Callable[..., None]]


class Line:
    """``essential`` tells the symbols whose price is always wanted (asked in a thread)."""

    def __init__(
        self,
        account: Account,
        holder: str,
        market: Handlers,
        deliver: Handlers,
        essential: Callable[[Account], Iterable[str]],
    ) -> None:
        self.account, self.holder, self.market, self.essential = account, holder, market, essential
        self.usual = VENUE_SUFFIX[Environment(account.environment)]
        self.relay = Relay(self.usual)
        self.recorder = Recorder(account.pk, self.usual, settings.VAR / "recording")
        self.odd, self.silence = Odd(account.pk), Silence()
        self.following, self.turns = Following(), Turns()
        self.deliveries = Deliveries(account.pk, account.code, deliver, self._look_again)
        self.publisher: Publisher | None = None
        self.stream: Any = None
        self.feed = FeedState("connecting", int(time()))
        self.connected, self.connection = False, 0
        self.registered: frozenset[tuple[str, str]] = frozenset()
        #: What was wanted, and what came of it, when everything wanted was registered.
        self.settled: tuple[object, frozenset[tuple[str, str]]] | None = None
        self.looked, self.noted_at = 0.0, 0.0
        self.noted: set[str] = set()
        self.mine: list[str] = []
        self.watched: list[str] = []
        self.chores: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Claim the socket, hold it, claim it again after a loss; until cancelled."""
        while True:
            term = await begin_term(self.account.pk, self.holder)
            lookout = Lookout(self.account)
            publisher = Publisher(
                self.account.code,
                self.relay,
                term.fence,
                term.held,
                feed=self.feed,
                listener=lookout.hear,
                read_up=self._read_up,
            )
            self.publisher = publisher
            jobs = (
                term.keep(),
                publisher.run(),
                self.deliveries.run(),
                lookout.run(),
                answer_questions(self.account.code, self._put, lambda: self.connected),
                self.recorder.run(term.fence),
                self._follow_demand(),
                self._fill_waiting(),
                self._mind_silence(),
                self._listen(),
            )
            try:
                await together(*jobs)
            except LeaseLost:
                log.warning("another process holds the socket of account %s", self.account.pk)
            finally:
                await end(self.chores)
                await term.end()

    # --- the socket ---------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        """Read the socket for ever. The stream reconnects by itself; only missing keys end it."""
        while True:
            try:
                self.stream = await in_thread(gateway.stream_for, self.account)
                async with self.stream as events:
                    self.registered = frozenset()
                    async for event in events:
                        self._hear(event)
            except BrokerError as trouble:
                self._lost(str(trouble.notice), type(trouble).__name__)
            finally:
                self.connected, self.stream = False, None
            await asyncio.sleep(PAUSE)

    def _hear(self, event: StreamEvent) -> None:
        """Sort one event: a market value is remembered, an account event queued, a state published."""
        if handler := self.market.get(type(event)):
            heard = int(time() * 1000)
            handler(self.relay, event, heard)
            self.recorder.hear(event, heard)
            if type(event) in LIQUID:
                self.silence.has_moved = True
        elif isinstance(event, OrderEvent | BalanceChange | ScreenerEvent):
            self.deliveries.queue.put_nowait(event)
        elif isinstance(event, Connected):
            self.deliveries.queue.put_nowait(event)
            self._connected()
        elif isinstance(event, Lost):
            self._lost(event.reason, type(event.error).__name__)
        elif isinstance(event, Declined):
            log.warning("not registered: %s", event.error)
            self.registered -= event.items
        elif isinstance(event, Unrecognised):
            self.odd.note(event)

    async def _put(self, question: Mapping[str, str]) -> Answer:
        """Ask the socket for somebody at the door."""
        if self.stream is None:
            raise Unreachable("no session", tr=question["trnm"])
        if question["trnm"] == SAMPLE:
            return await self._sample((question["type"], question["item"]))
        answer: Answer = await self.stream.ask(question)
        return answer

    async def _sample(self, subscription: tuple[str, str]) -> Answer:
        """The next entry of a realtime type; what nobody else follows is let go of again."""
        stream = self.stream
        try:
            return {"data": [await stream.sample(subscription, LISTENS)]}
        finally:
            if subscription not in self.registered:
                await stream.unregister({subscription})

    async def _read_up(self) -> None:
        if self.stream:
            await self.stream.read_up()

    def _connected(self) -> None:
        """Ask by REST what the socket did not say meanwhile, and only then call the feed live."""
        self.connected = True
        self.connection += 1
        self.silence.begin()
        self.relay.begin_again()
        self._do(self._go_live())
        self._do(listen_again(self.account, self._put))

    async def _go_live(self) -> None:
        followed_now, connection = self.publisher.followed if self.publisher else set(), self.connection
        await catch_up(self.account, self.relay, {*followed_now, *self._essential_topics()})
        if self.connected and connection == self.connection:
            self._say("live")
            await in_thread(went_live, self.account.pk, self.holder, timezone.now())
            if not self.connected:  # lost while that was being written
                await in_thread(went_deaf, self.account.pk, timezone.now())

    def _lost(self, reason: str, kind: str) -> None:
        if self.connected:
            self._do(in_thread(lost, self.account.pk))
            self._do(in_thread(went_lost, self.account.pk, kind, timezone.now()))
        self.connected = False
        self.recorder.gap()
        if self.feed.state != "lost":
            self._say("lost", reason)

    # --- demand -------------------------------------------------------------------------------------------

    async def _follow_demand(self) -> None:
        """Register what is wanted, drop what nobody wants any more."""
        while True:
            try:
                await self._register(await followed(self.account.code))
                self._note_types()
            except (RedisError, OSError) as trouble:
                log.warning("demand unknown: %s", type(trouble).__name__)
            await asyncio.sleep(DEMAND_EVERY)

    async def _register(self, topics: list[str]) -> None:
        if self.publisher is None or self.stream is None:
            return
        await self._ask_essential()
        asked = self.publisher, frozenset(topics), tuple(self.mine), tuple(self.watched)
        if (asked, self.registered) == self.settled:
            return  # as half a second ago
        wanted = plan(self.mine, self.following.in_order(topics), self.usual, self.watched)
        new = set(topics) - self.publisher.followed
        self.publisher.followed = self.relay.follow(topics)
        self.relay.touch(new)
        if gone := self.registered - wanted.registrations:
            await self.stream.unregister(set(gone))
        left_out: frozenset[tuple[str, str]] = frozenset()
        if more := wanted.registrations - self.registered:
            left_out = await self.stream.register(set(more))
        self.registered = wanted.registrations - left_out
        self.settled = None if left_out else (asked, self.registered)
        self._record()
        if wanted.waiting != self.feed.waiting:
            self._say(self.feed.state, self.feed.reason, wanted.waiting)
        if unknown := {name for name in new if place_of(name) and not self.relay.knows(name)}:
            self._do(catch_up(self.account, self.relay, unknown))

    def _record(self) -> None:
        """Own and watched shares are recorded while the broker tells of them."""
        own = {item_of(topic("quote", symbol), self.usual) for symbol in self.mine}
        others = {item_of(topic("quote", symbol), self.usual) for symbol in self.watched}
        told = {item for kind, item in self.registered if kind == "0B"}
        chosen = dict.fromkeys(others & told, BOOKS_WATCHED) | dict.fromkeys(own & told, BOOKS_OWN)
        self.recorder.follow(chosen)

    async def _fill_waiting(self) -> None:
        """Prices of what there is no room for, a hundred at a time and no faster than budgeted."""
        while True:
            await asyncio.sleep(ROUND)
            if self.connected and self.publisher and self.feed.waiting:
                names = self.turns.next(self.feed.waiting, self.publisher.followed)
                await catch_up(self.account, self.relay, names)

    async def _mind_silence(self) -> None:
        """Hang up on a socket that tells nothing while the market trades; the stream connects again."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self.relay.present, trades = await in_thread(clock_of, self.account)
            stream = self.stream
            if not self.connected or stream is None or not trades:
                self.silence.begin()
            elif self.silence.is_too_long(monotonic()):
                log.warning("account %s: nothing heard while the market trades", self.account.pk)
                await in_thread(tell_silence, self.account)
                await stream.hang_up()

    def _note_types(self) -> None:
        """A type the broker has confirmed counts as answered; written down now and then."""
        if self.stream is None:
            return
        if time() - self.noted_at >= NOTED_EVERY:
            self.noted_at, self.noted = time(), set()
        if new := {kind for kind, _item in self.stream.registrations.confirmed} - self.noted:
            self.noted |= new
            self._do(self._note(new))

    async def _note(self, types: set[str]) -> None:
        for kind in types:
            await in_thread(note_answer, self.account.pk, kind)

    async def _ask_essential(self) -> None:
        if time() - self.looked >= ESSENTIAL_EVERY:
            self.looked = time()
            self.mine = list(await in_thread(self.essential, self.account))
            self.watched = await in_thread(watched_symbols, self.account)

    def _essential_topics(self) -> list[str]:
        return [topic("quote", symbol) for symbol in self.mine]

    def _look_again(self) -> None:
        """An order or balance event: what the account holds may have changed."""
        self.looked = 0.0

    # --- small things -------------------------------------------------------------------------------------

    def _say(self, state: str, reason: str = "", waiting: tuple[str, ...] | None = None) -> None:
        """Publish the feed's state with the next frame; ``since`` moves only when the state does."""
        since = self.feed.since if state == self.feed.state else int(time())
        waiting = self.feed.waiting if waiting is None else waiting
        self.feed = FeedState(state, since, reason, waiting)
        if self.publisher:
            self.publisher.feed = self.feed

    def _do(self, job: Any) -> None:
        """Start a chore and keep hold of it until it is done."""
        chore = asyncio.create_task(job)
        self.chores.add(chore)
        chore.add_done_callback(self.chores.discard)
