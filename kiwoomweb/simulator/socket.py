"""The ASGI side of one WebSocket: a reader that hears and a writer that empties the outbox.

``scope["extensions"]["simulator.cut"]`` cuts the TCP connection without a close frame (see ``protocols.py``).
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kiwoomweb.simulator.hub import Hub, Line

__all__ = ["serve_socket"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def serve_socket(scope: Message, receive: Receive, send: Send, hub: Hub) -> None:
    await receive()  # websocket.connect; no header is asked for, an authorization one is ignored
    await send({"type": "websocket.accept", "headers": []})
    line = hub.open(scope["extensions"]["simulator.cut"])
    writer = asyncio.create_task(_write(line, send))
    try:
        await _read(line, receive, hub)
    finally:
        hub.close(line)
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)  # it may have met the lost connection first


async def _read(line: Line, receive: Receive, hub: Hub) -> None:
    while (message := await receive())["type"] == "websocket.receive":
        hub.hear(line, message.get("text") or message.get("bytes") or "")


async def _write(line: Line, send: Send) -> None:
    """Send what waits; after the last word of an ending session, close."""
    while True:
        await line.ready.wait()
        line.ready.clear()
        while line.waiting:
            await send({"type": "websocket.send", "text": line.waiting.popleft()})
        if ending := line.session.ending:
            await send({"type": "websocket.close", "code": ending.code, "reason": ending.reason})
            return
