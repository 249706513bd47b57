"""Inbox: a connection whose whole messages lie ready as they come in, to be taken without waiting.

The library hands over one message at a time, through a queue, a lock and a coroutine each. At the opening five
hundred lie in one read of the socket.
"""

import asyncio
from collections import deque
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

__all__ = ["Inbox"]

#: Messages after which the socket is read no further, and down to which they are taken before it is read again.
HIGH, LOW = 4_096, 1_024
_CONTENT = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)


class Inbox(ClientConnection):
    """``take`` after ``wait``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ready: deque[bytes] = deque()
        self._parts: list[bytes] = []
        self._waiter: asyncio.Future[None] | None = None
        self._held = self._over = False

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
        if len(self.ready) > HIGH and not self._held:
            self._held = True
            self.transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self._over = True
        super().connection_lost(exc)
        self._wake()

    def take(self) -> bytes:
        """The oldest message. Raises ``IndexError`` when none lies ready."""
        message = self.ready.popleft()
        if self._held and len(self.ready) < LOW:
            self._held = False
            if not self._over:
                self.transport.resume_reading()
        return message

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

    def _ended(self) -> ConnectionClosed:
        return self.protocol.close_exc

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)
