"""The quick way from the broker's text to a page says exactly what the long way says."""

import json
from datetime import datetime
from typing import Any

import pytest

from kiwoomweb.broker import frames
from kiwoomweb.broker.domain import SEOUL, Tick
from kiwoomweb.broker.trades import Trades
from kiwoomweb.operation.benchmarks.decode import opening
from market.events import encode
from market.reading import quote_event
from market.relay import Relay
from market.shares import TAPE

NOW = datetime(2026, 11, 20, 14, 53, tzinfo=SEOUL)
VALUES = {"20": "145208", "10": "-20800", "11": "-50", "12": "-0.24", "15": "+82", "13": "3000", "14": "632640"}
VALUES |= {"16": "20850", "17": "+21150", "18": "-20450", "27": "-20800", "28": "-20750", "228": "74.75"}


def frame(*changes: dict[str, Any], item: str = "005930_AL") -> bytes:
    entries = [
        {"type": "0B", "name": "주식체결", "item": item, "values": VALUES | change} for change in changes
    ]
    told = json.dumps({"trnm": "REAL", "data": entries}, ensure_ascii=False, separators=(",", ":"))
    return told.encode()


def heard(relay: Relay, raw: bytes, at: int = 5) -> int:
    """As the stream takes it; how many entries of the frame were no trades."""
    (found,) = frames.hear([raw])
    if isinstance(found, Trades):
        found.now = NOW
        relay.trades(found, at)
        return 0
    events = frames.events(frames.read(found), NOW)
    for tick in events:
        if isinstance(tick, Tick):
            relay.tick(tick, at)
    return sum(not isinstance(event, Tick) for event in events)


def shown(relay: Relay, topic: str = "quote:005930") -> Any:
    text = relay.take({topic}).get(topic)
    return None if text is None else json.loads(text)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"15": "-7"},
        {"15": "7"},
        {"14": ""},
        {"14": "0"},
        {"228": ""},
        {"13": "0030379732"},
        {"11": "--335"},
        {"11": "+0"},
        {"10": "+20,800"},
        {"12": "+29.86"},
    ],
)
def test_a_price_written_the_quick_way_is_the_price(change: dict[str, str]) -> None:
    relay = Relay()
    heard(relay, frame({"13": "2999"}))  # the first of a share and of a second goes the long way
    heard(relay, frame(change))
    (tick,) = frames.decode(frame(change), NOW)
    assert isinstance(tick, Tick)
    assert shown(relay) == json.loads(encode(quote_event(tick, "quote:005930", 5)))


def test_of_many_trades_of_a_share_a_page_hears_the_last() -> None:
    relay = Relay()
    heard(relay, frame(*({"13": str(3000 + n), "10": str(20_000 + n)} for n in range(30))))
    assert shown(relay)["price"] == 20_029
    assert shown(relay) is None


def test_a_trade_that_is_none_costs_itself_alone() -> None:
    relay = Relay()
    strange = heard(relay, frame({}, {"13": "?"}, {"13": "3002", "20": "noon"}, {"13": "3003", "10": "20900"}))
    assert shown(relay)["price"] == 20_900
    assert strange == 2


def test_a_trade_without_the_days_range_is_not_shown_and_counted() -> None:
    relay = Relay()
    heard(relay, frame({}))
    heard(relay, frame({"13": "3001", "16": "", "17": "", "18": ""}))
    assert shown(relay) is None
    assert relay.unread == 1


def test_a_price_that_is_none_is_not_shown_and_counted() -> None:
    relay = Relay()
    heard(relay, frame({}))
    heard(relay, frame({"13": "3001", "10": "?"}))
    assert shown(relay) is None
    assert relay.unread == 1


@pytest.mark.parametrize("volume", ["9" * 5000, "9" * 30, "1_0", "१२", "-5", ""])
def test_no_garbage_makes_the_rest_of_the_day_late(volume: str) -> None:
    relay = Relay()
    heard(relay, frame({}))
    heard(relay, frame({"13": volume}))
    heard(relay, frame({"13": "3001", "10": "20900"}))
    assert shown(relay)["price"] == 20_900


def test_a_late_trade_is_dropped_whichever_way_it_came() -> None:
    relay = Relay()
    heard(relay, frame({}))
    heard(relay, frame({"13": "2000", "10": "1"}))
    heard(relay, frame({"20": "145207", "13": "4000", "10": "2"}))
    assert shown(relay)["price"] == 20_800
    assert relay.dropped == 2


def test_the_tape_is_read_when_somebody_looks() -> None:
    relay = Relay()
    for n in range(TAPE + 5):
        heard(relay, frame({"13": str(3000 + n), "15": f"-{n + 1}"}))
    prints = shown(relay, "prints:005930")["prints"]
    assert [line[4] for line in prints] == list(range(1, TAPE + 6))
    assert {line[5] for line in prints} == {"sell"}
    assert prints[0][6] == "74.75"
    assert prints[-1][0] - prints[0][0] == TAPE + 4


def test_a_frame_with_something_else_in_it_is_read_like_any_other() -> None:
    mixed = json.loads(frame({}))
    mixed["data"].append({"type": "0C", "name": "", "item": "005930", "values": {"27": "1", "28": "2"}})
    (found,) = frames.hear([json.dumps(mixed, separators=(",", ":")).encode()])
    assert not isinstance(found, Trades)
    assert [type(event).__name__ for event in frames.decode(found, NOW)] == ["Tick", "BestQuote"]


def test_what_is_measured_is_what_the_broker_would_send() -> None:
    told = [frames.decode(text, NOW) for text in opening()]
    assert len(told) == 1000
    assert all(isinstance(event, Tick) for events in told for event in events)
