"""The one WebSocket of a page: ``/ws/live/<account code>/``."""

from typing import Any

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.utils import await_many_dispatch

from market.browser import Browser
from market.conversation import heed
from market.guests import guest_of
from market.hub import hub

__all__ = ["LiveConsumer"]


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Admit a member, pass on what the page says, see it off. Strangers are refused before the handshake."""

    browser: Browser | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Without the channel layer: the hub is subscribed once for all pages of the process."""
        self.scope, self.base_send = scope, send
        try:
            await await_many_dispatch([receive], self.dispatch)
        except StopConsumer:
            return

    async def connect(self) -> None:
        guest = await guest_of(self.scope)
        if guest is None:
            await self.close()
            return
        await self.accept()
        self.browser = await hub().enter(guest, self.send, self.close)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.browser:
            await heed(hub(), self.browser, text_data or "")

    async def disconnect(self, code: int) -> None:
        if self.browser:
            await hub().leave(self.browser)
