"""The few pieces of RFC 6455 a feed and a thousand browsers need: frames of text, and how a socket begins."""

from base64 import b64encode
from hashlib import sha1

__all__ = ["CLOSE", "PING", "PONG", "TEXT", "Inbox", "accepted", "client_frame", "server_frame", "upgrade"]

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def upgrade(host: str, path: str, cookie: str = "") -> bytes:
    """The request that begins a socket, as the page of that host sends it."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Origin: http://{host}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def accepted(head: bytes) -> bytes:
    """The answer that turns a request into a socket."""
    key = next(
        line.partition(b":")[2].strip()
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"sec-websocket-key:")
    )
    proof = b64encode(sha1(key + _GUID, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + proof + b"\r\n\r\n"
    )


def server_frame(payload: bytes, kind: int = TEXT) -> bytes:
    """One whole message, as servers write it: without a mask."""
    return _head(kind, len(payload), 0) + payload


def client_frame(payload: bytes, kind: int = TEXT) -> bytes:
    """One whole message, as browsers write it; the mask is one of the four billion: all zeros."""
    return _head(kind, len(payload), 0x80) + b"\0\0\0\0" + payload


def _head(kind: int, length: int, masked: int) -> bytes:
    if length < 126:
        return bytes((0x80 | kind, masked | length))
    if length < 65_536:
        return bytes((0x80 | kind, masked | 126)) + length.to_bytes(2, "big")
    return bytes((0x80 | kind, masked | 127)) + length.to_bytes(8, "big")


class Inbox:
    """Bytes as they come, messages as they become whole: (kind, payload)."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held = b""

    def take(self, came: bytes) -> list[tuple[int, bytes]]:
        """Those that are whole now. All at once: whoever stops in the middle must not lose the place."""
        told: list[tuple[int, bytes]] = []
        held = self._held + came if self._held else came
        at, size = 0, len(held)
        while size - at >= 2:
            kind, length = held[at] & 15, held[at + 1]
            begin = at + 2
            mask_bytes = 4 if length & 0x80 else 0
            length &= 0x7F
            if length == 126:
                length = int.from_bytes(held[begin : begin + 2], "big")
                begin += 2
            elif length == 127:
                length = int.from_bytes(held[begin : begin + 8], "big")
                begin += 8
            end = begin + mask_bytes + length
            if end > size:
                break
            payload = held[begin + mask_bytes : end]
            told.append((kind, _unmasked(payload, held[begin : begin + 4]) if mask_bytes else payload))
            at = end
        self._held = held[at:]
        return told


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    """All at once, as one long number."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")
