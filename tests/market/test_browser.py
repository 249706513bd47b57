"""A slow page never grows: it conflates, fetches afresh, and is closed in the end. Nobody else waits for it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from market import browser as module
from market.browser import EVENTS, SLOW, WINDOW, Browser
from market.guests import Guest

GUEST = Guest(1, 1, "abc", "", 0, 0)


class Page:
    """A browser whose socket writes into a list. Time stands still until ``passes``."""

    def __init__(self) -> None:
        self.texts: list[dict[str, Any]] = []
        self.closed: list[int] = []
        self.full = False
        self.now = 1_000.0
        self.browser = Browser(GUEST, self, event_seq=0)
        self.browser.topics = {"quote:1", "quote:2", "prints:1"}

    def say(self, text: str) -> None:
        self.texts.append(json.loads(text))

    def is_full(self) -> bool:
        return self.full

    def close(self, code: int) -> None:
        self.closed.append(code)

    def hear(self, listener: Any) -> None:
        """Nobody listens in a test."""

    def passes(self, seconds: float) -> None:
        self.now += seconds

    def hears(self, topic: str, price: int) -> None:
        """A tenth of a second later, the next frame."""
        self.passes(0.1)
        self.browser.offer({topic: json.dumps({"topic": topic, "price": price})})


@pytest.fixture
async def tab(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Page]:
    tab = Page()
    monkeypatch.setattr(module, "monotonic", lambda: tab.now)
    yield tab
    tab.browser.leave()


async def test_a_page_hears_what_it_follows_and_nothing_else(tab: Page) -> None:
    tab.hears("quote:9", 5)
    tab.hears("quote:1", 7)
    assert [text["updates"] for text in tab.texts] == [[{"topic": "quote:1", "price": 7}]]


async def test_messages_are_numbered_without_holes(tab: Page) -> None:
    for price in range(5):
        tab.hears("quote:1", price)
        tab.browser.read(tab.browser.sent)
    assert [text["seq"] for text in tab.texts] == [1, 2, 3, 4, 5]


async def test_a_page_that_never_reads_gets_a_window_full_and_keeps_one_value_per_topic(tab: Page) -> None:
    for price in range(1_000):
        tab.hears("quote:1", price)
        tab.hears("quote:2", price)
    assert len(tab.texts) == WINDOW
    assert len(tab.browser.pending) == 2


async def test_a_page_that_reads_again_hears_the_newest_value_first(tab: Page) -> None:
    for price in range(100):
        tab.hears("quote:1", price)
    tab.browser.read(WINDOW)
    assert tab.texts[-1]["updates"] == [{"topic": "quote:1", "price": 99}]


async def test_a_full_socket_gets_nothing_until_it_is_empty_and_then_the_newest(tab: Page) -> None:
    tab.full = True
    for price in range(100):
        tab.hears("quote:1", price)
    assert tab.texts == []
    tab.full = False
    tab.hears("quote:1", 100)
    assert [text["updates"][0]["price"] for text in tab.texts] == [100]


async def test_a_page_hears_as_many_frames_a_second_as_it_asked_for(tab: Page) -> None:
    tab.browser.rate = 2.0
    for price in range(20):
        tab.hears("quote:1", price)
        tab.browser.read(tab.browser.sent)
    assert 4 <= len(tab.texts) <= 6
    assert tab.texts[0]["updates"][0]["price"] == 0


async def test_what_waits_for_a_slow_page_is_said_without_another_frame(tab: Page) -> None:
    tab.browser.rate = 20.0
    tab.browser.offer({"quote:1": "1"})
    tab.browser.offer({"quote:1": "2"})
    assert [text["updates"] for text in tab.texts] == [[1]]
    tab.passes(1)
    async with asyncio.timeout(5):
        while len(tab.texts) < 2:
            await asyncio.sleep(0)
    assert tab.texts[1]["updates"] == [2]


async def test_prints_of_missed_frames_are_told_together(tab: Page) -> None:
    tab.full = True
    for frame in ("1", "2", "3"):
        tab.browser.offer({"prints:1": frame})
    tab.full = False
    tab.passes(1)
    tab.browser.offer({"quote:1": "9"})
    assert tab.texts[0]["updates"] == [1, 2, 3, 9]


async def test_a_tape_that_waits_too_long_keeps_its_newest_end(tab: Page) -> None:
    tab.full = True
    for number in range(2_000):
        tab.browser.offer({"prints:1": json.dumps({"prints": [number] * 100})})
    assert len(tab.browser.pending["prints:1"]) <= module.TAPE_WAITS
    assert "1999" in tab.browser.pending["prints:1"]


async def test_order_events_are_never_merged_nor_held_back_by_the_rate(tab: Page) -> None:
    tab.browser.rate = 0.2
    tab.hears("quote:1", 1)
    for seq in range(1, 6):
        assert tab.browser.event(seq, json.dumps({"seq": seq}))
    assert [text["events"][0]["seq"] for text in tab.texts[1:]] == [1, 2, 3, 4, 5]


async def test_order_events_of_a_page_behind_come_together_once_it_reads(tab: Page) -> None:
    for _ in range(WINDOW + 5):
        tab.hears("quote:1", 1)
    for seq in range(1, 6):
        tab.browser.event(seq, json.dumps({"seq": seq}))
    tab.browser.read(WINDOW)
    assert [event["seq"] for event in tab.texts[-1]["events"]] == [1, 2, 3, 4, 5]


async def test_a_repeated_event_is_told_once(tab: Page) -> None:
    tab.browser.event(1, '{"seq":1}')
    tab.browser.event(1, '{"seq":1}')
    assert [text["events"] for text in tab.texts] == [[{"seq": 1}]]


async def test_a_missing_event_must_be_replayed_first(tab: Page) -> None:
    assert tab.browser.event(1, "{}")
    assert not tab.browser.event(3, "{}")
    assert tab.browser.event_seq == 1


async def test_too_many_waiting_events_become_a_fresh_start(tab: Page) -> None:
    for _ in range(WINDOW):
        tab.hears("quote:1", 1)
    for seq in range(1, EVENTS + 2):
        tab.browser.event(seq, "{}")
    assert len(tab.browser.events) == 0
    tab.browser.read(WINDOW)
    assert tab.texts[-1]["resync"] is True
    assert tab.texts[-1]["events_to"] == EVENTS + 1


@pytest.mark.parametrize("why", ["it acknowledges nothing", "its socket is full"])
async def test_a_page_behind_must_fetch_afresh_and_then_goes(tab: Page, why: str) -> None:
    tab.full = why == "its socket is full"
    for price in range(WINDOW + 1):
        tab.hears("quote:1", price)
    tab.browser.look()
    tab.passes(11)
    tab.browser.look()
    assert tab.browser.resync
    assert tab.closed == []
    tab.passes(20)
    tab.browser.look()
    assert tab.closed == [SLOW]


async def test_a_quiet_page_is_kept_warm(tab: Page) -> None:
    tab.hears("quote:1", 1)
    tab.passes(3)
    tab.browser.look()
    assert len(tab.texts) == 2
    assert sorted(tab.texts[1]) == ["seq", "ts"]


async def test_an_ack_of_the_future_gives_no_extra_credit(tab: Page) -> None:
    tab.browser.read(10_000)
    for price in range(20):
        tab.hears("quote:1", price)
    assert len(tab.texts) == WINDOW


async def test_the_state_of_the_feed_is_told_once_until_it_changes(tab: Page) -> None:
    for feed in ('{"state":"live"}', '{"state":"live"}', '{"state":"lost"}'):
        tab.browser.know(feed)
    assert [text["feed"]["state"] for text in tab.texts] == ["live", "lost"]
