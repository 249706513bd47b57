"""The one WebSocket of a page: ``/ws/live/<account code>/``."""

from typing import Any

from market.visit import visit

__all__ = ["live"]


async def live(scope: Any, receive: Any, send: Any) -> None:
    """A member's page comes in and stays until it goes."""
    await visit(scope, receive, send)
