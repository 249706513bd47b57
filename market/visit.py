"""A visit: one page's socket from the handshake to the end, as an ASGI application without the channel layer.

The hub is subscribed once for all pages of the process; Channels' own consumers would tidy the database's
connections in a thread before every single message, an acknowledgement too.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from market.browser import Browser
from market.conversation import TOO_MUCH, heed, overhear
from market.frames import within_bounds
from market.guests import Guest, guest_of, rate_of
from market.hub import hub
from market.together import end
from market.wires import AsgiWire, wire_of

__all__ = ["visit"]

Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]


async def visit(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Admit a member, pass on what the page says, see it off. Strangers are refused before the handshake."""
    await receive()
    guest = await guest_of(scope)
    if guest is None:
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    if hub().is_crowded(guest):
        await send({"type": "websocket.close", "code": TOO_MUCH})
        return
    await _stay(guest, scope, receive, send)


async def _stay(guest: Guest, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    wire = wire_of(scope, send)
    browser = await hub().enter(guest, wire)
    wire.hear(partial(overhear, browser))
    try:
        if rate := rate_of(scope):
            await hub().pace(browser, within_bounds(rate))
        await _listen(browser, receive, overheard=not isinstance(wire, AsgiWire))
    finally:
        wire.hear(None)
        await hub().leave(browser)
        if isinstance(wire, AsgiWire):
            await end([wire.pump])


async def _listen(browser: Browser, receive: Receive, *, overheard: bool) -> None:
    """Until the page goes. ``overheard``: the wire has seen every message already."""
    while (message := await receive())["type"] == "websocket.receive":
        text = message.get("text") or ""
        if overheard or not overhear(browser, text.encode()):
            await heed(hub(), browser, text)
