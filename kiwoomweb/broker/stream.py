"""The stream: one logged-in session after another, as one endless series of events.

    async with Stream(address, client) as stream:
        await stream.register({("0B", "005930"), ("00", "")})
        async for event in stream:      # RealtimeEvent | Trades | Connected | Lost | Declined | Unrecognised
            ...
        answer = await stream.ask({"trnm": "CNSRLST"})  # from another task, while somebody iterates

Iterating is what reads the socket, answers PINGs and connects again, so whoever iterates must not dawdle, and
cancelling it in the middle of a wait ends the stream. What the broker said between ``Lost`` and ``Connected``
is never replayed.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Self

from kiwoomweb.broker import frames
from kiwoomweb.broker.backoff import Backoff
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.environment import Address
from kiwoomweb.broker.errors import BrokerError, NoRoom, NothingHeard, TokenExpired, Unreachable, Unreadable
from kiwoomweb.broker.frames import Message
from kiwoomweb.broker.questions import KINDS, LIST, Answer, Questions, needs_list, text_of
from kiwoomweb.broker.registrations import Packet, Registrations
from kiwoomweb.broker.samples import Sample, Samples
from kiwoomweb.broker.session import Session, opened, refused
from kiwoomweb.broker.stream_events import Connected, Declined, Lost, StreamEvent, Subscription, Unrecognised
from kiwoomweb.broker.tokens import Token, TokenSource
from kiwoomweb.broker.trades import Trades

__all__ = ["Stream"]

#: Seconds without any frame, PINGs included (they come every ten), after which the line is taken for dead.
SILENCE = 30.0
#: Seconds for which the broker's time, once asked for, is carried on by our own clock.
CLOCK_GOOD_FOR = 1.0
#: Seconds a question may go unanswered; answers of ten to sixteen have been seen (PROTOCOL 8.8).
ANSWERED_WITHIN = 20.0


class Stream:
    """One key pair's realtime line. ``client`` names tokens (asked in a thread) and tells the broker's time."""

    def __init__(
        self,
        address: Address,
        client: TokenSource,
        *,
        silence: float = SILENCE,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.registrations, self.questions, self.samples = Registrations(), Questions(), Samples()
        self._address, self._client = address, client
        self._silence, self._sleep = silence, sleep
        self._backoff, self._clock = Backoff(), _Clock(client.now)
        self._session: Session | None = None
        self._renewed = False
        self._events = self._run()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._events.aclose()

    def __aiter__(self) -> AsyncGenerator[StreamEvent]:
        return self._events

    async def register(self, items: Iterable[Subscription]) -> frozenset[Subscription]:
        """Hear these from now on, over reconnections too. Returns what there is no room for (200 items)."""
        packets, left_out = self.registrations.want(items)
        await self._send(packets)
        return left_out

    async def unregister(self, items: Iterable[Subscription]) -> None:
        """Hear these no more."""
        await self._send(self.registrations.unwant(items))

    async def read_up(self) -> None:
        """Hear at once what lies at the socket, for somebody who is about to tell others."""
        if session := self._session:
            await session.read_up()

    async def hang_up(self) -> None:
        """Give this connection up; whoever iterates hears that it is lost, and then of the next one."""
        if session := self._session:
            await session.hang_up()

    async def ask(self, question: Mapping[str, str]) -> Answer:
        """Put a question of ``questions.KINDS`` and wait for its answer (``frames.answer``).

        Raises ``Unreachable`` without a session or an answer in time, or what the broker's refusal amounts to.
        """
        if needs_list(question) and not self.questions.listed:
            await self.ask({"trnm": LIST})
        session, kind = self._session, question["trnm"]
        if session is None:
            raise Unreachable("no session", tr=kind)
        answer = self.questions.asked(kind)
        await session.send(text_of(question))
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                return await answer
        except TimeoutError:
            raise Unreachable(f"no answer in {ANSWERED_WITHIN:g} s", tr=kind) from None

    async def sample(self, subscription: Subscription, patience: float) -> Sample:
        """The next entry of a realtime type, word for word; it stays registered.

        Raises ``Unreachable`` without a session, ``NoRoom`` beyond 200 items, ``NothingHeard`` in that time.
        """
        if self._session is None:
            raise Unreachable("no session", tr=subscription[0])
        if await self.register({subscription}):
            raise NoRoom(tr=subscription[0])
        try:
            async with asyncio.timeout(patience):
                return await self.samples.next(subscription)
        except TimeoutError:
            raise NothingHeard(f"nothing in {patience:g} s", tr=subscription[0]) from None

    async def _run(self) -> AsyncGenerator[StreamEvent]:
        while True:
            token, logged_in_at = None, time.monotonic()
            try:
                token = await asyncio.to_thread(self._client.token)
                async with opened(self._address.socket, self._silence) as session:
                    await session.log_in(token)
                    logged_in_at, self._renewed = time.monotonic(), False
                    await self._begin(session)
                    yield Connected()
                    while True:
                        for event in await self._next(session):
                            yield event
            except BrokerError as error:
                trouble: BrokerError | None = error
            finally:
                self._session = None
                self.registrations.end()
                self.questions.end()
            if isinstance(trouble, TokenExpired):
                trouble = await self._renew(token, trouble)
            if trouble:
                wait = self._backoff.after(trouble, time.monotonic() - logged_in_at)
                yield Lost(str(trouble.notice), wait, trouble)
                await self._sleep(wait)

    async def _renew(self, token: Token | None, expired: TokenExpired) -> BrokerError | None:
        """One new token for a refused one and another try at once; a second refusal waits like any other."""
        if token is None or self._renewed:
            return expired
        try:
            await asyncio.to_thread(self._client.renew, token)
        except BrokerError as trouble:
            return trouble
        self._renewed = True
        return None

    async def _begin(self, session: Session) -> None:
        """Ask again for all that is wanted: registrations died with the last connection."""
        self._session, session.overhear = session, self.samples.overhear
        for packet in self.registrations.begin():
            self.registrations.sent(packet)
            await session.send(packet.text)

    async def _send(self, packets: list[Packet]) -> None:
        session = self._session
        if session is None:
            return  # what is wanted is asked for when the next session begins
        with suppress(Unreachable):  # the reader finds out and connects again
            for packet in packets:
                self.registrations.sent(packet)
                await session.send(packet.text)

    async def _next(self, session: Session) -> list[StreamEvent]:
        heard, now, events = await session.receive(), self._clock(), list[StreamEvent]()
        for message in heard:
            if isinstance(message, Trades):
                message.now = now
                events.append(message)
            else:
                events += self._read(message, now)
        return events

    def _read(self, message: Message | Unreadable, now: datetime) -> Iterable[StreamEvent]:
        if isinstance(message, Unreadable):
            return [Unrecognised("", "", message.said)]
        if message.trnm == "REAL":
            return frames.events(message, now)
        return self._acked(message)

    def _acked(self, message: Message) -> list[StreamEvent]:
        error = refused(message)
        if message.trnm in KINDS:
            return self._answered(message, error)
        packet = self.registrations.acked(message.trnm, ok=error is None)
        if packet is None:
            return [Unrecognised(message.trnm, "", "an answer to nothing we asked")]
        if error is None:
            return []
        if packet.trnm == "REG":
            return [Declined(packet.items, error)]
        return [Unrecognised(message.trnm, "", error.said)]

    def _answered(self, message: Message, error: BrokerError | None) -> list[StreamEvent]:
        try:
            heard = self.questions.answered(message.trnm, error or frames.answer(message))
        except Unreadable as trouble:
            heard = self.questions.answered(message.trnm, trouble)
        return [] if heard else [Unrecognised(message.trnm, "", "an answer to nothing we asked")]


class _Clock:
    """The broker's time, asked for at most once a second: a busy line reads thousands of frames in one."""

    def __init__(self, ask: Callable[[], datetime]) -> None:
        self._ask, self._asked_at, self._now = ask, float("-inf"), datetime.now(SEOUL)

    def __call__(self) -> datetime:
        at = time.monotonic()
        if at - self._asked_at > CLOCK_GOOD_FOR:
            self._asked_at, self._now = at, self._ask()
        return self._now
