"""Denying: a handshake that is refused costs nothing and asks nobody, the queue least of all."""

from typing import Any

__all__ = ["deny"]


async def deny(_scope: Any, receive: Any, send: Any) -> None:
    """An ASGI application that says no to whoever opens a socket."""
    await receive()
    await send({"type": "websocket.close"})
