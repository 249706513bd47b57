"""Hearing: conditions by question, and the realtime types as they come, over our own stream."""

import asyncio
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

from kiwoomweb.broker import frames
from kiwoomweb.broker.calls import conditions
from kiwoomweb.broker.catalogue import TR, find
from kiwoomweb.broker.errors import BrokerError, Unreadable
from kiwoomweb.broker.reading import read
from kiwoomweb.broker.reading.usual import SAMSUNG
from kiwoomweb.broker.stream import Stream
from kiwoomweb.broker.stream_events import Unrecognised
from kiwoomweb.operation.every_tr.asking import FUND
from kiwoomweb.operation.every_tr.outcome import Outcome, failed, read_as

__all__ = ["Ear", "search"]

#: What to listen to a type for; a share where nothing else is said, a warrant for its two.
ITEMS = {"00": "", "04": "", "0s": "", "0G": FUND, "0I": "MGD", "0J": "001", "0U": "001", "1h": ""}
OF_WARRANTS = {"0m", "0u"}


class Ear:
    """The first entry of every realtime type, as it came."""

    def __init__(self, stream: Stream, kinds: Iterable[TR], warrant: str) -> None:
        self.stream, self.begun = stream, time.monotonic()
        self.heard: dict[str, tuple[dict[str, Any], float]] = {}
        self.kinds = list(kinds)
        self.items = {
            tr.id: warrant if tr.id in OF_WARRANTS else ITEMS.get(tr.id, SAMSUNG) for tr in self.kinds
        }
        self._waiting: dict[str, asyncio.Task[None]] = {}

    async def open(self) -> None:
        """Register every type, and begin to wait for each."""
        await self.stream.register(set(self.items.items()))
        self.begun = time.monotonic()
        for kind, item in self.items.items():
            self._waiting[kind] = asyncio.create_task(self._hear(kind, item))

    async def close(self) -> None:
        for waiting in self._waiting.values():
            waiting.cancel()
        await asyncio.gather(*self._waiting.values(), return_exceptions=True)

    async def wait(self, kinds: Iterable[str], patience: float) -> None:
        """Until these have been heard, or patience ends: the outcome says which are missing."""
        waiting = [self._waiting[kind] for kind in kinds if kind in self._waiting]
        if waiting:
            await asyncio.wait(waiting, timeout=patience)

    def outcomes(self) -> dict[str, Outcome]:
        return {tr.id: self._outcome(tr) for tr in self.kinds}

    async def _hear(self, kind: str, item: str) -> None:
        entry = await self.stream.samples.next((kind, item))
        self.heard[kind] = entry, (time.monotonic() - self.begun) * 1000

    def _outcome(self, tr: TR) -> Outcome:
        if tr.id not in self.heard:
            return Outcome(tr, trouble="blank")
        entry, ms = self.heard[tr.id]
        message = {"trnm": "REAL", "data": [entry]}
        (event,) = frames.decode(json.dumps(message, ensure_ascii=False))
        if isinstance(event, Unrecognised):
            return failed(tr, Unreadable(event.why, tr=tr.id), ms)
        return read_as(read(tr, message), ms)


async def search(stream: Stream) -> dict[str, Outcome]:
    """The four condition TRs, by the first condition there is."""
    outcomes: dict[str, Outcome] = {}
    answer = await _put(stream, "ka10171", conditions.LIST_CONDITIONS, outcomes)
    found = conditions.conditions(answer) if answer else []
    if found:
        number = found[0].number
        await _put(stream, "ka10172", conditions.search(number), outcomes)
        await _put(stream, "ka10173", conditions.watch(number), outcomes)
        await _put(stream, "ka10174", conditions.unwatch(number), outcomes)
    return outcomes


async def _put(
    stream: Stream, tr_id: str, question: Mapping[str, str], outcomes: dict[str, Outcome]
) -> Mapping[str, Any]:
    tr, begun = find(tr_id), time.monotonic()
    try:
        answer = await stream.ask(question)
    except BrokerError as error:
        outcomes[tr_id] = failed(tr, error, (time.monotonic() - begun) * 1000)
        return {}
    known = {field.name for field in tr.response}
    fields = {"trnm": question["trnm"], **{name: value for name, value in answer.items() if name in known}}
    outcomes[tr_id] = read_as(read(tr, fields), (time.monotonic() - begun) * 1000)
    return answer
