"""A session: one connection to the broker's socket, from LOGIN to its end. The only user of ``websockets``."""

import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias, cast

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from kiwoomweb.broker import frames
from kiwoomweb.broker.errors import BrokerError, TakenOver, Unreachable, Unreadable
from kiwoomweb.broker.frames import Message
from kiwoomweb.broker.inbox import Inbox
from kiwoomweb.broker.protocol import USER_AGENT
from kiwoomweb.broker.refusals import refusal
from kiwoomweb.broker.tokens import Token
from kiwoomweb.broker.trades import Trades
from kiwoomweb.broker.watch import Watch

__all__ = ["Session", "opened"]

#: The SYSTEM codes that end a session; all others are news (PROTOCOL 8.4).
ENDINGS: dict[str, type[BrokerError]] = {"R10001": TakenOver, "R10002": Unreachable, "R10004": Unreachable}
OPEN_TIMEOUT, CLOSE_TIMEOUT = 10.0, 2.0
LONGEST_PING = 16
LARGEST = 4 * 1024 * 1024
#: Messages read in one go: some milliseconds' work, and then others have their turn.
AT_ONCE = 512

#: A message, trades of several, or why it is none.
Heard: TypeAlias = Message | Trades | Unreadable

#: The library logs whole frames when debugging, and the first frame is a token: this logger never debugs.
_log = logging.getLogger(__name__)
_log.setLevel(logging.INFO)


class _Connect(connect):
    """Follows no redirect: the token is for one host."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


@asynccontextmanager
async def opened(url: str, silence: float) -> "AsyncIterator[Session]":
    """A connected session, not yet logged in. Raises ``Unreachable``."""
    connection = _Connect(
        url,
        ping_interval=None,  # the broker uses PING messages of its own instead
        compression=None,
        open_timeout=OPEN_TIMEOUT,
        close_timeout=CLOSE_TIMEOUT,
        max_size=LARGEST,
        user_agent_header=USER_AGENT,
        proxy=True if url.startswith("wss:") else None,  # never to reach our own machine
        logger=_log,
        create_connection=Inbox,
    )
    try:
        socket = cast(Inbox, await connection)
    except (OSError, WebSocketException, TimeoutError) as failure:
        trouble = type(failure).__name__
    else:
        session = Session(socket, silence)
        try:
            yield session
        finally:
            session.leave()
            try:
                await socket.close()
            finally:  # whoever is cancelled while waiting for the farewell leaves no socket behind
                socket.transport.abort()
        return
    raise Unreachable(trouble, tr="LOGIN")


class Session:
    """Reads messages and answers PINGs. Every method raises ``Unreachable`` once the connection is gone."""

    def __init__(self, socket: Inbox, silence: float) -> None:
        self._socket = socket
        self._watch = Watch(silence, socket.transport.abort)
        self._ended: BrokerError | None = None
        #: Who else looks at all messages on their way, before anybody makes sense of them.
        self.overhear: Callable[[Sequence[bytes]], None] = ignore

    async def log_in(self, token: Token) -> None:
        """Give the token; its ack comes before anything else of substance. Raises a ``BrokerError``."""
        await self.send(json.dumps({"trnm": "LOGIN", "token": token.text}))
        ack = (await self.receive(most=1))[0]
        if isinstance(ack, Unreadable):
            raise ack
        kind = "REAL" if isinstance(ack, Trades) else ack.trnm
        if isinstance(ack, Trades) or kind != "LOGIN":
            raise Unreadable(f"{kind or 'a message'} before the ack of LOGIN", tr="LOGIN")
        if error := refused(ack):
            raise error

    async def send(self, text: str) -> None:
        try:
            await self._socket.send(text)
        except ConnectionClosed as closed:
            trouble = _farewell(closed)
        else:
            return
        raise Unreachable(trouble, tr="socket")

    async def read_up(self) -> None:
        """Take in what lies at the socket; who iterates has it when this returns, as far as it was there."""
        await self._socket.read_up()

    async def hang_up(self) -> None:
        """Let go; whoever is reading hears that the connection is gone."""
        await self._socket.close()

    async def receive(self, most: int = AT_ONCE) -> list[Heard]:
        """What lies ready, at least one message; without PINGs and mere news of the system.

        What ends the session is raised when everything before it has been handed over.
        """
        while True:
            if self._ended:
                raise self._ended
            heard: list[Heard] = []
            raws = await self._next(most)
            self.overhear(raws)
            for found in frames.hear(raws):
                if isinstance(found, Trades):
                    heard.append(found)
                elif message := await self._read(found):
                    heard.append(message)
                if self._ended:
                    break
            if heard:
                return heard

    async def _read(self, raw: bytes) -> Message | Unreadable | None:
        """One message, or why it is none; nothing for PINGs and mere news of the system."""
        try:
            message = frames.read(raw)
        except Unreadable as trouble:
            if len(raw) >= LONGEST_PING or raw.strip() != b"PING":  # seen bare, too
                return trouble
            await self.send(raw.decode())
            return None
        return None if await self._is_housekeeping(message, raw) else message

    async def _is_housekeeping(self, message: Message, raw: bytes) -> bool:
        if message.trnm == "PING":
            await self.send(raw.decode())  # word for word
        elif message.trnm == "SYSTEM":
            self._ended = _heed(message)  # and never echo: an echoed SYSTEM ends the session
        else:
            return False
        return True

    async def _next(self, most: int) -> list[bytes]:
        """The next frames as they came; text is left undecoded for who reads JSON from bytes."""
        socket, watch = self._socket, self._watch
        if socket.ready:
            return socket.take(most)
        watch.begin()
        try:
            await socket.wait()
        except ConnectionClosed as closed:
            trouble = f"silent for {watch.silence:g} s" if watch.was_silent else _farewell(closed)
        else:
            return socket.take(most)
        finally:
            watch.waiting = False
        raise Unreachable(trouble, tr="socket")

    def leave(self) -> None:
        """Nobody listens any more."""
        self._watch.end()


def ignore(_raws: Sequence[bytes]) -> None:
    """Nobody looks."""


def refused(ack: Message) -> BrokerError | None:
    """The error of an ack whose ``return_code`` is not zero, a number or its text."""
    try:
        number = int(ack.return_code)
    except ValueError:
        return Unreadable(f"return_code {ack.return_code!r}", tr=ack.trnm)
    return refusal(number, ack.return_msg or "", ack.trnm) if number else None


def _heed(message: Message) -> BrokerError | None:
    """The end of the session, where the system says that it has come."""
    code = str(message.code or message.return_code)
    said = message.message or message.return_msg or ""
    if code in ENDINGS:
        return ENDINGS[code](said, code=code, tr="SYSTEM")
    _log.info("the broker says %s: %s", code, said)
    return None


def _farewell(closed: ConnectionClosed) -> str:
    return f"closed {closed.rcvd.code} {closed.rcvd.reason}" if closed.rcvd else "connection lost"
