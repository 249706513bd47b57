"""The one WebSocket of a page: ``/ws/live/<account code>/``."""

from typing import Any

from kiwoomweb.access.permission import Door, Permission, declare
from kiwoomweb.access.rights import Right
from market.visit import visit

__all__ = ["live"]


async def live(scope: Any, receive: Any, send: Any) -> None:
    """A member's page comes in and stays until it goes."""
    await visit(scope, receive, send)


declare(live, Permission(Door.MEMBER, frozenset({Right.SEE})))
