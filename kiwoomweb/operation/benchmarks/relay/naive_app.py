"""The design one would write first: a consumer per browser, a group per symbol, a message per trade.

The same Daphne and the same channel layer; no sign-in, no acknowledgement, nothing merged.
"""

import json
import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")

import django

django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402

__all__ = ["application"]


class NaiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """As the Channels tutorial has it."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """``{"follow": ["quote:005930", …]}``"""
        for topic in json.loads(text_data or "{}").get("follow", []):
            await self.channel_layer.group_add(f"tick.{topic.partition(':')[2]}", self.channel_name)

    async def tick(self, event: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(event["values"]))


application = ProtocolTypeRouter({"websocket": URLRouter([path("naive/", NaiveConsumer.as_asgi())])})
