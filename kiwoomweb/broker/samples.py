"""Samples: the next entry of a realtime type as it came, for somebody who wants to read its words."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from typing import Any

from kiwoomweb.broker.stream_events import Subscription

__all__ = ["SAMPLE", "Sample", "Samples"]

#: What a question for a sample calls itself, beside the broker's own kinds of questions.
SAMPLE = "SAMPLE"

#: ``{"type": "0B", "name": "주식체결", "item": "005930", "values": {"20": "093015", …}}``
Sample = dict[str, Any]


class Samples:
    """Who waits for which type and item. An item left blank is heard whatever its name."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Subscription, asyncio.Future[Sample]]] = []

    async def next(self, subscription: Subscription) -> Sample:
        """Wait for the next entry; for ever, so somebody else must mind the time."""
        future: asyncio.Future[Sample] = asyncio.get_running_loop().create_future()
        waiting = (subscription, future)
        self._waiting.append(waiting)
        try:
            return await future
        finally:
            self._waiting.remove(waiting)

    def overhear(self, raws: Sequence[bytes]) -> None:
        """Look at messages on their way. Costs a comparison while nobody waits."""
        if not self._waiting:
            return
        for raw in raws:
            for entry in _entries(raw) if b'"REAL"' in raw else ():
                self._give(entry)

    def _give(self, entry: Sample) -> None:
        for (kind, item), future in self._waiting:
            if entry.get("type") == kind and item in {"", entry.get("item")} and not future.done():
                future.set_result(entry)


def _entries(raw: bytes) -> Iterator[Sample]:
    try:
        message = json.loads(raw)
    except ValueError:  # whoever reads the message proper will say so
        return
    data = message.get("data") if isinstance(message, dict) else None
    yield from (entry for entry in data or () if isinstance(entry, dict))
