"""Inbox: a connection whose whole messages lie ready as they come in, to be taken without waiting.

The library reads each frame in steps of a generator and hands over one message at a time, through a queue, a
lock and a coroutine. At the opening five hundred lie in one read of the socket. So frames are told apart here:
a whole text is a message, anything else goes to the library, frame by frame.
"""

import asyncio
from collections import deque
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.protocol import State

__all__ = ["Inbox"]

#: How a whole text begins (RFC 6455, 5.2): the last frame of its message, its kind, no extension.
TEXT = 0x81
#: Bytes before the content by the second byte of a frame; none where it is masked, as no server's frame is.
HEAD_OF = bytes([2] * 126 + [4, 10] + [0] * 128)
#: Bytes of a frame that the library would refuse, too.
LONGEST = 8 * 1024 * 1024
#: Bytes with which the length of most frames is told, and the second byte of those whose length takes two more.
SHORT, MEDIUM = 4, 126
#: Bytes of one read of the socket.
READ = 64 * 1024
#: Messages after which the socket is read no further, and down to which they are taken before it is read again.
HIGH, LOW = 4_096, 1_024
#: A read that brought so many messages and emptied the socket is followed by a breath, in seconds: waking for
#: every few frames costs as much as reading them, and pages are told only every tenth of a second. The faster
#: they come, the shorter it is: no more bytes may lie there than these, the system does not hold much for us.
CROWD, BREATH, MAY_LIE = 4, 0.025, 48 * 1024
#: Turns of the loop from "read on" until what was read has been taken: the read, its reader, and some to spare.
TURNS = 4
_CONTENT = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)


def end_of_frame(data: bytes, at: int) -> int:
    """Where the frame that begins there ends: beyond the data when not all of it is there, beyond ``LONGEST``
    when it is none a server should send."""
    if len(data) - at < 2:
        return len(data) + 1
    length = data[at + 1]
    head = HEAD_OF[length]
    if not head:  # masked
        return at + LONGEST + 1
    if len(data) - at < head:
        return len(data) + 1
    return at + head + (length if head == 2 else int.from_bytes(data[at + 2 : at + head], "big"))


class Inbox(ClientConnection):
    """``take`` after ``wait``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ready: deque[bytes] = deque()
        self._parts: list[bytes] = []
        self._waiter: asyncio.Future[None] | None = None
        self._held = self._over = False
        self._breath: asyncio.TimerHandle | None = None
        self._read_at = 0.0
        self._rest = b""

    def connection_made(self, transport: Any) -> None:
        """Reads of the usual 256 kB cost asyncio five times as much: the memory for each comes anew from the
        system. uvloop has its own."""
        if hasattr(transport, "max_size"):
            transport.max_size = READ
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Split what came into frames."""
        if self.response is None or self.protocol.reader.buffer:
            super().data_received(data)  # the library is in the middle of something
            return
        is_all, lying = len(data) < READ, len(self.ready)
        self._split(self._rest + data if self._rest else data)
        if end_of_frame(self._rest, 0) > LONGEST:
            super().data_received(self._rest)  # it refuses what is too long or no server's
            self._rest = b""
        self._wake()
        self._hold()
        read_at, self._read_at = self._read_at, self.loop.time()
        if is_all and len(self.ready) - lying >= CROWD:
            self._breathe(min(BREATH, MAY_LIE * (self._read_at - read_at) / len(data)))

    def _split(self, data: bytes) -> None:
        """Whole texts to ``ready``, other frames to the library, and what is not a whole frame yet aside."""
        at, size = 0, len(data)
        add, is_plain = self.ready.append, self._is_plain()
        while size - at >= SHORT:
            length = data[at + 1]
            if length == MEDIUM:
                begin = at + 4
                end = begin + (data[at + 2] << 8 | data[at + 3])
            else:
                begin, end = at + HEAD_OF[length], end_of_frame(data, at)
            if end > size:
                break
            if is_plain and data[at] == TEXT:
                add(data[begin:end])
            else:
                super().data_received(data[at:end])
                is_plain = self._is_plain()
            at = end
        while at < size and (end := end_of_frame(data, at)) <= size:  # a frame of two or three bytes at the end
            super().data_received(data[at:end])
            at = end
        self._rest = data[at:]

    def _is_plain(self) -> bool:
        """Whether a whole text now is a message of its own."""
        return not self._parts and self.protocol.state is State.OPEN

    def process_event(self, event: Any) -> None:
        """Whole messages go to ``ready``; the handshake and the rest are the library's."""
        if type(event) is not Frame or event.opcode not in _CONTENT:
            super().process_event(event)
            return
        data = bytes(event.data)
        if self._parts or not event.fin:
            self._parts.append(data)
            if not event.fin:
                return
            data = b"".join(self._parts)
            self._parts.clear()
        self.ready.append(data)
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._over = True
        super().connection_lost(exc)
        self._wake()

    def take(self, most: int = 1) -> list[bytes]:
        """The oldest messages, at least one. Raises ``IndexError`` when none lies ready."""
        ready = self.ready
        if len(ready) <= most:
            messages = [ready.popleft(), *ready]
            ready.clear()
        else:
            messages = [ready.popleft() for _ in range(most)]
        if self._held and len(ready) < LOW:
            self._held = False
            self._read_on()
        return messages

    async def wait(self) -> None:
        """Until a message lies ready. Raises ``ConnectionClosed`` when none ever will."""
        while not self.ready:
            if self._over:
                raise self._ended()
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None

    async def read_up(self) -> None:
        """Whoever is about to look at what has been heard wants it as of now: no breath is held any longer."""
        if self._breath:
            self._breath.cancel()
            self._breathed()
            for _turn in range(TURNS):
                await asyncio.sleep(0)

    def _ended(self) -> ConnectionClosed:
        return self.protocol.close_exc

    def _hold(self) -> None:
        if len(self.ready) > HIGH and not self._held:
            self._held = True
            if not self._breath:
                self.transport.pause_reading()

    def _breathe(self, seconds: float) -> None:
        if not (self._breath or self._held or self._over):
            self.transport.pause_reading()
            self._breath = self.loop.call_later(seconds, self._breathed)

    def _breathed(self) -> None:
        self._breath = None
        self._read_on()

    def _read_on(self) -> None:
        if not (self._breath or self._held or self._over):
            self.transport.resume_reading()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)
