"""Helpers for tests of the live path: pages whose socket speaks JSON."""

import asyncio
import json
from typing import Any

from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from kiwoomweb.access.hardening.passes import issue
from kiwoomweb.sockets import application

HOST = "testserver"


class Socket(WebsocketCommunicator):
    """Channels' own keeps all database connections open while it waits; here they close as in life."""

    async def send_input(self, message: dict[str, Any]) -> None:
        await ApplicationCommunicator.send_input(self, message)

    async def receive_output(self, timeout: float = 1) -> dict[str, Any]:
        return await ApplicationCommunicator.receive_output(self, timeout)


class Page:
    """One open page of a person's browser on an account's live socket."""

    def __init__(
        self,
        browser: Client,
        code: str,
        *,
        origin: str = f"http://{HOST}",
        since: int | None = None,
        query: str = "",
        ticket: str | None = None,
    ):
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
        headers = [(b"host", HOST.encode()), (b"origin", origin.encode()), (b"cookie", cookies.encode())]
        query = query if since is None else f"since={since}"
        path = f"/ws/live/{code}/"
        morsel = browser.cookies.get(settings.SESSION_COOKIE_NAME)
        ticket = issue(morsel.value if morsel else "", path) if ticket is None else ticket
        self.socket = Socket(application, f"{path}?pass={ticket}&{query}", headers)
        self.acking = True

    async def opens(self) -> bool:
        connected, _ = await self.socket.connect(timeout=5)
        return connected

    async def says(self, **said: Any) -> None:
        await self.socket.send_to(text_data=json.dumps(said))

    async def hears(self) -> dict[str, Any]:
        heard = json.loads(await self.socket.receive_from(timeout=5))
        if self.acking and "seq" in heard:
            await self.says(ack=heard["seq"])
        return heard

    async def hears_of(self, part: str) -> Any:
        """The next message that has this part; others are passed over, for half a minute at most."""
        async with asyncio.timeout(30):
            while part not in (heard := await self.hears()):
                pass
        return heard[part]

    async def is_closed_with(self) -> int:
        """Reads on until the server closes; the code it closed with."""
        for _ in range(200):
            output = await self.socket.receive_output(timeout=5)
            if output["type"] == "websocket.close":
                return output["code"]
        raise AssertionError("never closed")

    async def leaves(self) -> None:
        await self.socket.disconnect()
