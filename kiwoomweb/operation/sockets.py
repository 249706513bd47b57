"""Sockets of the web process: Daphne, with a short way from a page's messages to the kernel.

Through ASGI a message to a browser costs a coroutine, a look-up of its connection, a log line nobody reads, a
check of its frame and two turns of the event loop. A live page hears ten a second; a thousand pages would need
more than one processor. Here its frame is made once and given to the socket at once; what the kernel will not
take is left to the server, as always, and the page counts as full until it has gone.
"""

from collections.abc import Callable
from typing import Any

from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.interfaces import ISSLTransport

__all__ = ["LiveServer", "SocketWire"]

#: As market.wires has it; a server knows nothing of the market.
EXTENSION = "kiwoomweb.wire"
#: Open files there shall be room for.
MANY = 65_536
#: How an acknowledgement begins (market.conversation).
ACK = b'{"ack":'


class Protocol(WebSocketProtocol):  # type: ignore[misc]
    """``listener`` sees every message before it is queued for the application."""

    listener: Callable[[bytes], bool] | None = None

    def dataReceived(self, data: bytes) -> None:
        """An acknowledgement that comes alone and whole, as nearly everything does, is read here and now."""
        listener = self.listener
        if listener and not self.data and self.current_frame is None and self.state == self.STATE_OPEN:
            payload = small_text(data)
            if payload.startswith(ACK) and listener(payload):
                return
        super().dataReceived(data)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        if self.listener is None or self.muted or not self.listener(payload):
            super().onMessage(payload, isBinary)

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        self.listener = None
        super().onClose(wasClean, code, reason)


class SocketWire:
    """A page's socket under this server (``market.wires.Wire``)."""

    __slots__ = ("_protocol",)

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol

    def say(self, text: str) -> None:
        protocol = self._protocol
        if protocol.state != protocol.STATE_OPEN:
            return
        frame = framed(text.encode())
        transport = protocol.transport
        if _has_backlog(transport) or not hasattr(transport, "writeSomeData"):
            transport.write(frame)
            return
        sent = transport.writeSomeData(frame)
        if not isinstance(sent, int) or sent < 0:
            transport.write(frame)  # it is gone: the server finds out and tidies up
        elif sent < len(frame):
            transport.write(frame[sent:])

    def is_full(self) -> bool:
        return _has_backlog(self._protocol.transport)

    def close(self, code: int) -> None:
        protocol = self._protocol
        protocol.listener = _deaf
        if protocol.state == protocol.STATE_OPEN:
            protocol.serverClose(code)

    def hear(self, listener: Callable[[bytes], bool] | None) -> None:
        self._protocol.listener = listener


def make_room() -> None:
    """A socket is an open file, and many systems begin with room for a thousand."""
    try:
        import resource
    except ImportError:  # not on this system
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MANY if hard == resource.RLIM_INFINITY else min(MANY, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def small_text(data: bytes) -> bytes:
    """What one whole short masked text frame says (RFC 6455, 5.3); empty for anything else."""
    size = len(data) - 6
    if not 0 < size < 126 or data[0] != 0x81 or data[1] != 0x80 | size:
        return b""
    mask = (data[2:6] * (size // 4 + 1))[:size]
    return (int.from_bytes(data[6:], "big") ^ int.from_bytes(mask, "big")).to_bytes(size, "big")


def framed(payload: bytes) -> bytes:
    """One whole text message (RFC 6455, 5.2)."""
    length = len(payload)
    if length < 126:
        return b"\x81" + length.to_bytes(1, "big") + payload
    if length < 65_536:
        return b"\x81\x7e" + length.to_bytes(2, "big") + payload
    return b"\x81\x7f" + length.to_bytes(8, "big") + payload


def _has_backlog(transport: Any) -> bool:
    """Whether bytes wait in this process. Over TLS only the server knows, and the page's credit must do."""
    return bool(getattr(transport, "dataBuffer", b"") or getattr(transport, "_tempDataLen", 0))


def _deaf(_payload: bytes) -> bool:
    """A page that is being closed is listened to no more."""
    return True


class LiveServer(Server):  # type: ignore[misc]
    """Daphne with our kind of socket, each of which is offered to the application."""

    def run(self) -> None:
        make_room()
        WebSocketFactory.protocol = Protocol  # the factory is made and used in there
        super().run()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] == "websocket":
            scope["scheme"] = "wss" if ISSLTransport.providedBy(protocol.transport) else "ws"
            scope["extensions"] = {EXTENSION: SocketWire(protocol)}
        return super().create_application(protocol, scope)
