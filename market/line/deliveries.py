"""Deliveries: order, balance and search events to their handlers, in threads, in the order they came."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import OperationalError

from kiwoomweb.broker.domain import BalanceChange, OrderEvent, ScreenerEvent
from kiwoomweb.broker.stream_events import Connected
from market.services.alerts import ring_fills
from market.services.outbox import announce
from market.threads import in_thread

__all__ = ["Deliveries"]

#: A busy database is asked again this often; then polling repairs what the event would have told.
TRIES = 3

log = logging.getLogger(__name__)

AccountEvent = OrderEvent | BalanceChange | ScreenerEvent | Connected
Handlers = Mapping[type, Callable[..., None]]


class Deliveries:
    """One queue and one worker per account: an account's events never overtake one another."""

    def __init__(self, account_id: int, code: str, handlers: Handlers, told: Callable[[], None]) -> None:
        self.account_id, self.code, self.handlers, self.told = account_id, code, handlers, told
        self.queue: asyncio.Queue[AccountEvent] = asyncio.Queue()
        self.missed = False

    async def run(self) -> None:
        """Deliver until cancelled. A handler that fails costs its event, never the worker."""
        while True:
            event = await self.queue.get()
            try:
                await self._deliver(event)
            except Exception:
                log.exception("%s of account %s was not recorded", type(event).__name__, self.account_id)
                self.missed = True
            self.told()

    async def _deliver(self, event: AccountEvent) -> None:
        for left in reversed(range(TRIES)):
            try:
                await in_thread(self._record, event)
            except OperationalError:
                if not left:
                    raise
                await asyncio.sleep(1)
            else:
                return

    def _record(self, event: AccountEvent) -> None:
        if self.missed:  # the broker's lists know what an unrecorded event would have told
            self.handlers[Connected](self.account_id, Connected())
            self.missed = False
        self.handlers[type(event)](self.account_id, event)
        if not isinstance(event, Connected):
            kind, body = as_news(event)
            announce(self.account_id, self.code, kind, body)
        if isinstance(event, OrderEvent) and event.unit_size:
            ring_fills(self.account_id, event.symbol, as_fill(event), event.at)


def as_fill(event: OrderEvent) -> dict[str, str | int | None]:
    """What somebody who wanted to hear of fills is told."""
    return {"name": event.name, "side": event.side, "size": event.unit_size, "price": event.unit_price}


def as_news(event: OrderEvent | BalanceChange | ScreenerEvent) -> tuple[str, dict[str, Any]]:
    """What a page is told: enough to say it in a toast and to refresh the right region."""
    if isinstance(event, BalanceChange):
        return "balance", {"symbol": event.symbol, "name": event.name, "quantity": event.quantity}
    if isinstance(event, ScreenerEvent):
        return "screener", {"condition": event.condition, "symbol": event.symbol, "entered": event.entered}
    return "order", {
        "symbol": event.symbol,
        "name": event.name,
        "order_no": event.order_no,
        "status": event.status,
        "side": event.side,
        "size": event.unit_size,
        "price": event.unit_price,
        "remaining": event.remaining,
    }
