"""A slow page never grows: it conflates, fetches afresh, and is closed in the end. Nobody else waits for it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from market import browser as module
from market.browser import EVENTS, SLOW, WINDOW, Browser
from market.guests import Guest

GUEST = Guest(1, 1, "abc", "", None)


class Sockets:
    """A browser whose socket writes into a list."""

    def __init__(self) -> None:
        self.texts: list[dict[str, Any]] = []
        self.closed: list[int] = []
        self.browser = Browser(GUEST, self.say, self.close, event_seq=0)
        self.browser.topics = {"quote:1", "quote:2"}

    async def say(self, text: str) -> None:
        self.texts.append(json.loads(text))

    async def close(self, code: int) -> None:
        self.closed.append(code)

    async def hears(self, topic: str, price: int) -> None:
        self.browser.offer({topic: json.dumps({"topic": topic, "price": price})})
        await asyncio.sleep(0)
        await asyncio.sleep(0)


@asynccontextmanager
async def open_page() -> AsyncIterator[Sockets]:
    page = Sockets()
    pump = asyncio.create_task(page.browser.pump())
    yield page
    pump.cancel()
    await asyncio.gather(pump, return_exceptions=True)


async def test_a_page_hears_what_it_follows_and_nothing_else() -> None:
    async with open_page() as page:
        await page.hears("quote:9", 5)
        await page.hears("quote:1", 7)
        assert [text["updates"] for text in page.texts] == [[{"topic": "quote:1", "price": 7}]]


async def test_messages_are_numbered_without_holes() -> None:
    async with open_page() as page:
        for price in range(5):
            await page.hears("quote:1", price)
            page.browser.read(page.browser.sent)
        assert [text["seq"] for text in page.texts] == [1, 2, 3, 4, 5]


async def test_a_page_that_never_reads_gets_eight_messages_and_keeps_one_value_per_topic() -> None:
    async with open_page() as page:
        for price in range(1_000):
            await page.hears("quote:1", price)
            await page.hears("quote:2", price)
        assert len(page.texts) == WINDOW
        assert len(page.browser.pending) == 2


async def test_a_page_that_reads_again_hears_the_newest_value_first() -> None:
    async with open_page() as page:
        for price in range(100):
            await page.hears("quote:1", price)
        page.browser.read(WINDOW)
        await asyncio.sleep(0.01)
        assert page.texts[-1]["updates"] == [{"topic": "quote:1", "price": 99}]


async def test_order_events_are_never_merged() -> None:
    async with open_page() as page:
        for _ in range(WINDOW + 5):
            await page.hears("quote:1", 1)
        for seq in range(1, 6):
            assert page.browser.event(seq, json.dumps({"seq": seq}))
        page.browser.read(WINDOW)
        await asyncio.sleep(0.01)
        assert [event["seq"] for event in page.texts[-1]["events"]] == [1, 2, 3, 4, 5]


async def test_a_repeated_event_is_told_once() -> None:
    async with open_page() as page:
        page.browser.event(1, '{"seq":1}')
        page.browser.event(1, '{"seq":1}')
        await asyncio.sleep(0.01)
        assert [text["events"] for text in page.texts] == [[{"seq": 1}]]


async def test_a_missing_event_must_be_replayed_first() -> None:
    async with open_page() as page:
        assert page.browser.event(1, "{}")
        assert not page.browser.event(3, "{}")
        assert page.browser.event_seq == 1


async def test_too_many_waiting_events_become_a_fresh_start() -> None:
    async with open_page() as page:
        for _ in range(WINDOW):
            await page.hears("quote:1", 1)
        for seq in range(1, EVENTS + 2):
            page.browser.event(seq, "{}")
        assert len(page.browser.events) == 0
        page.browser.read(WINDOW)
        await asyncio.sleep(0.01)
        assert page.texts[-1]["resync"] is True
        assert page.texts[-1]["events_to"] == EVENTS + 1


async def test_a_page_behind_must_fetch_afresh_and_then_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(module, "monotonic", lambda: now)
    async with open_page() as page:
        for price in range(WINDOW + 1):
            await page.hears("quote:1", price)
        await page.browser.look()
        now += 11
        await page.browser.look()
        assert page.browser.resync
        assert page.closed == []
        now += 20
        await page.browser.look()
        assert page.closed == [SLOW]


async def test_a_quiet_page_is_kept_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(module, "monotonic", lambda: now)
    async with open_page() as page:
        await page.hears("quote:1", 1)
        now += 3
        await page.browser.look()
        assert len(page.texts) == 2
        assert sorted(page.texts[1]) == ["seq", "ts"]


async def test_an_ack_of_the_future_gives_no_extra_credit() -> None:
    async with open_page() as page:
        page.browser.read(10_000)
        for price in range(20):
            await page.hears("quote:1", price)
        assert len(page.texts) == WINDOW


async def test_the_state_of_the_feed_is_told_once_until_it_changes() -> None:
    async with open_page() as page:
        for feed in ('{"state":"live"}', '{"state":"live"}', '{"state":"lost"}'):
            page.browser.know(feed)
            await asyncio.sleep(0.01)
        assert [text["feed"]["state"] for text in page.texts] == ["live", "lost"]
