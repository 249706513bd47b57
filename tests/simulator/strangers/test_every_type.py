"""``kiwoom-client`` registers every realtime type it knows and hears each of them in the course of one day."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from kiwoom_client.websocket import REALTIME_TYPES, KiwoomWebSocket

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.serve import OPENING, Running, running
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import GENEROUS
from tests.strangers_report import CALL

# It opens its socket in a way that the newest websockets library discourages.
pytestmark = pytest.mark.filterwarnings(r"ignore:connect\(\) must be used:DeprecationWarning")

PATIENCE_S = 60
SHARE, FUND, HALTED = "005930", "069500", "277810"
#: What to ask a type for; a share where nothing else is said.
ITEMS = {"00": "", "04": "", "0s": "", "0G": FUND, "0I": "MGD", "0J": "001", "0U": "001", "1h": HALTED}
#: Ten seconds before the bell, when the auction still points; then the day; then the closing-price session.
BEFORE_THE_BELL = OPENING.replace(hour=8, minute=59, second=50)
AROUND_THE_HALT = OPENING.replace(hour=12, minute=40, second=20)
AFTER_THE_CLOSE = OPENING.replace(hour=15, minute=45)
EARLY, LATE = {"0A", "0H"}, {"1h", "0E"}

Heard = dict[str, list[dict[str, Any]]]


class Ear:
    """What the client's callbacks were told, by type, and a way to wait for types."""

    def __init__(self) -> None:
        self.heard: Heard = defaultdict(list)
        self._news = asyncio.Event()

    def note(self, entry: dict[str, Any]) -> None:
        self.heard[entry["type"]].append(entry)
        self._news.set()

    async def have(self, kinds: set[str]) -> None:
        """Until each was heard, or patience ends: what is missing then is the test's to say."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not kinds <= self.heard.keys():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return


async def a_day(broker: Running, token: str, items: dict[str, str]) -> Heard:
    ear, stream = Ear(), KiwoomWebSocket(token, ws_url=broker.address.socket)
    for kind in REALTIME_TYPES:
        stream.on(kind, ear.note)
    async with stream:
        for kind in REALTIME_TYPES:
            await stream.subscribe(kind, items.get(kind, SHARE))
        listening = asyncio.create_task(stream.listen())
        await ear.have(EARLY)
        await asyncio.to_thread(broker.clock.resume, 30)
        await ear.have({"0B"})
        await asyncio.to_thread(broker.call, lambda exchange: exchange.place(Side.BUY, SHARE, 1, kind="3"))
        await ear.have(set(REALTIME_TYPES) - LATE)
        await asyncio.to_thread(broker.clock.jump, AROUND_THE_HALT)
        await ear.have({"1h"})
        await asyncio.to_thread(broker.clock.jump, AFTER_THE_CLOSE)
        await ear.have({"0E"})
        await stream.disconnect()
        await listening
    return ear.heard


@pytest.fixture(scope="module")
def items_and_heard() -> Iterator[tuple[dict[str, str], Heard]]:
    with running("real", opening=BEFORE_THE_BELL, trader=False, ws_flush_s=0.05, **GENEROUS) as broker:
        caller = Caller(broker)
        warrant = next(row["code"] for row in caller.said("ka10099", mrkt_tp="3")["list"])
        items = {**ITEMS, "0m": warrant, "0u": warrant}
        yield items, asyncio.run(a_day(broker, caller.log_in(), items))
        caller.close()


@pytest.mark.behaviour(80, 72)
@pytest.mark.parametrize("kind", REALTIME_TYPES)
def test_it_hears(items_and_heard: tuple[dict[str, str], Heard], record_property: Any, kind: str) -> None:
    items, heard = items_and_heard
    entries = heard.get(kind, [])
    said = f"subscribe {kind} {items.get(kind, SHARE)}"
    record_property(CALL, f"{'kiwoom-client':<18} {said:<52} {kind:<8} entries={len(entries)}")
    assert entries
    data = next(field for field in find(kind).response if field.name == "data")
    fids = {fid.name for fid in next(field for field in data.fields if field.name == "values").fields}
    for entry in entries:
        assert set(entry["values"]) == fids
        assert {type(value) for value in entry["values"].values()} == {str}
        if kind not in {"00", "04", "0s"}:
            assert entry["item"] == items.get(kind, SHARE)
