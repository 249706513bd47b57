"""uvicorn's connection classes with one ability more: an application may cut its own TCP connection.

A broker that resets a connection in the middle of an order is a case no client may get wrong, and ASGI has no
word for it. Both classes put ``simulator.cut`` into the scope's extensions.
"""

import asyncio
import socket
import struct
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

__all__ = ["HttpProtocol", "SocketProtocol"]

#: Close with RST instead of FIN: linger on, zero seconds.
RESET = struct.pack("ii", 1, 0)


def cutter(transport: asyncio.Transport) -> dict[str, Any]:
    """The extension that resets this connection."""

    def cut() -> None:
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        transport.abort()

    return {"simulator.cut": cut}


class HttpProtocol(HttpToolsProtocol):
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = cutter(self.transport)


class SocketProtocol(WebSocketsSansIOProtocol):
    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):  # a refused handshake has none
            self.scope["extensions"] |= cutter(self.transport)
