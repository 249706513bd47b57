"""Wires: how messages get to a page's socket, whichever server holds it.

Under our own web process the server offers its socket in the request (``scope["extensions"]``, see
``kiwoomweb.operation.sockets``): a message goes straight to the kernel and its backlog can be seen. Any other
ASGI server gets the same messages through ``send``, one task a page.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

__all__ = ["EXTENSION", "AsgiWire", "Wire", "wire_of"]

#: The name under which a server offers its socket.
EXTENSION = "kiwoomweb.wire"


class Wire(Protocol):
    """One page's socket. Nothing here waits."""

    def say(self, text: str) -> None:
        """Write one message."""

    def is_full(self) -> bool:
        """Whether what was written before has not left this process yet."""

    def close(self, code: int) -> None:
        """End the socket with a code."""

    def hear(self, listener: "Callable[[bytes], bool] | None") -> None:
        """Show every message to the listener first; what it answers for with ``True`` goes no further."""


class AsgiWire:
    """Through ASGI's ``send``, which may wait: messages line up here, as many as the page has credit for."""

    def __init__(self, send: Callable[[Mapping[str, Any]], Awaitable[None]]) -> None:
        self._send = send
        self._waiting: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
        self._writing = False
        self._closed = False
        self.pump = asyncio.create_task(self._write())

    def say(self, text: str) -> None:
        if not self._closed:
            self._waiting.put_nowait({"type": "websocket.send", "text": text})

    def is_full(self) -> bool:
        return self._writing and not self._waiting.empty()

    def close(self, code: int) -> None:
        if not self._closed:
            self._closed = True
            self._waiting.put_nowait({"type": "websocket.close", "code": code})

    def hear(self, listener: Callable[[bytes], bool] | None) -> None:
        """Messages come through ``receive`` alone."""

    async def _write(self) -> None:
        while True:
            message = await self._waiting.get()
            self._writing = True
            await self._send(message)
            self._writing = False


def wire_of(scope: Mapping[str, Any], send: Callable[[Mapping[str, Any]], Awaitable[None]]) -> Wire:
    """The server's own socket where it offers it, ASGI otherwise."""
    offered: Wire | None = (scope.get("extensions") or {}).get(EXTENSION)
    return offered or AsgiWire(send)
