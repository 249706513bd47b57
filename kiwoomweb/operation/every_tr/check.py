"""The check: one day at the practice broker in which every TR is asked, and every realtime type comes."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import time

from kiwoomweb.broker.catalogue import TR, all_trs
from kiwoomweb.broker.stream import Stream
from kiwoomweb.broker.stream_events import Connected
from kiwoomweb.operation.every_tr.asking import Known, ask_each, learn
from kiwoomweb.operation.every_tr.hearing import Ear, search
from kiwoomweb.operation.every_tr.ordering import order
from kiwoomweb.operation.every_tr.outcome import Outcome
from kiwoomweb.operation.every_tr.rehearsal import Rehearsal, rehearsal

__all__ = ["check_all"]

ORDERING = ("/api/dostk/ordr", "/api/dostk/crdordr")
#: Virtual seconds a real one, and real seconds a realtime type is waited for.
SPEED, PATIENCE = 30.0, 20.0
#: Hours of the day at which those are asked again that had nothing to say: a halt, an auction, the evening.
AGAIN = (time(12, 40, 20), time(15, 25), time(15, 45), time(16, 30))
MORNING = time(10, 30)
#: Types that come before the bell, and those that need a halt or the evening.
EARLY, LATE = {"0A", "0H"}, {"1h", "0E"}


def check_all(only: Iterable[str] = ()) -> list[Outcome]:
    """Every TR of the catalogue, in its order; ``only`` these, where some are named."""
    wanted = [tr for tr in all_trs() if not only or tr.id in set(only)]
    with rehearsal() as stage:
        found = asyncio.run(_day(stage, wanted))
    return [found.get(tr.id) or Outcome(tr, trouble="not asked") for tr in wanted]


async def _day(stage: Rehearsal, wanted: list[TR]) -> dict[str, Outcome]:
    known, found = Known(), dict[str, Outcome]()
    await asyncio.to_thread(learn, stage.client, known)
    async with stage.stream() as stream:
        connected = asyncio.Event()
        listening = asyncio.create_task(_listen(stream, connected))
        ear = Ear(stream, [tr for tr in wanted if len(tr.id) == 2], known.warrant)
        try:
            await asyncio.wait_for(connected.wait(), PATIENCE)
            await ear.open()
            await ear.wait(EARLY, PATIENCE)
            await asyncio.to_thread(stage.broker.clock.resume, SPEED)
            await asyncio.to_thread(stage.at, MORNING)
            found |= await asyncio.to_thread(_rest, stage, wanted, known)
            found |= await search(stream)
            await ear.wait(set(ear.items) - LATE, PATIENCE)
            await _later(stage, ear, wanted, known, found)
        finally:
            await ear.close()
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
    return found | ear.outcomes()


def _rest(stage: Rehearsal, wanted: list[TR], known: Known) -> dict[str, Outcome]:
    ordering = [tr for tr in wanted if tr.path in ORDERING]
    found = {outcome.tr.id: outcome for outcome in order(stage.client, known)} if ordering else {}
    return found | ask_each(stage.client, _questions(wanted), known)


def _questions(wanted: list[TR]) -> list[TR]:
    return [tr for tr in wanted if tr.transport == "rest" and tr.path not in ORDERING]


async def _later(stage: Rehearsal, ear: Ear, wanted: list[TR], known: Known, found: dict[str, Outcome]) -> None:
    for hour in AGAIN:
        silent = [tr for tr in _questions(wanted) if found[tr.id].blank]
        if not silent and ear.heard.keys() >= LATE:
            return
        await asyncio.to_thread(stage.at, hour)
        await ear.wait(LATE, PATIENCE / len(AGAIN))
        found |= await asyncio.to_thread(ask_each, stage.client, silent, known)


async def _listen(stream: Stream, connected: asyncio.Event) -> None:
    """Keep the stream going; what it tells is overheard word for word."""
    async for event in stream:
        if isinstance(event, Connected):
            connected.set()
