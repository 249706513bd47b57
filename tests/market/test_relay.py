"""The relay keeps the latest and speaks only of what is followed."""

import json
import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from kiwoomweb.broker.domain import Quote, Symbol, Won
from market.reading import quote_snapshot
from market.relay import MOVED, Relay
from market.shares import LEAST, TAPE
from tests.market.ticks import NOON, book, tick

QUOTE = "quote:005930"


def taken(relay: Relay, *topics: str) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in relay.take(set(topics)).items()}


def snapshot_of(price: int, volume: int) -> Quote:
    nothing = dict.fromkeys(("open", "high", "low", "previous_close", "upper_limit", "lower_limit", "turnover"))
    return Quote(
        symbol=Symbol("005930"),
        name="삼성전자",
        price=Won(price),
        change=Won(100),
        change_rate=Decimal("0.14"),
        volume=volume,
        market_cap=None,
        **nothing,
    )


def test_many_ticks_of_one_symbol_become_one_update_with_the_last_price() -> None:
    relay = Relay()
    for n in range(100):
        relay.tick(tick(72_000 + n, volume=n), heard=n)
    assert taken(relay, QUOTE)[QUOTE]["price"] == 72_099


def test_what_was_taken_is_not_sent_twice() -> None:
    relay = Relay()
    relay.tick(tick(), 1)
    relay.take({QUOTE})
    assert relay.take({QUOTE}) == {}


def test_nobody_pays_for_text_of_a_symbol_nobody_follows() -> None:
    relay = Relay()
    relay.tick(tick(), 1)
    assert relay.take(set()) == {}


def test_who_begins_to_follow_hears_the_last_known_price() -> None:
    relay = Relay()
    relay.tick(tick(71_000), 1)
    relay.take(set())
    relay.touch([QUOTE, "quote:000660"])
    assert taken(relay, QUOTE, "quote:000660")[QUOTE]["price"] == 71_000


def test_every_venue_has_a_price_of_its_own() -> None:
    relay = Relay("_AL")
    for price, item in ((72_300, "005930"), (72_400, "005930_AL"), (72_500, "005930_NX")):
        relay.tick(tick(price, symbol=item), 1)
        relay.book(book(price, symbol=item), 1)
    told = taken(
        relay, *(f"{kind}:005930{venue}" for kind in ("quote", "book") for venue in ("", "@KRX", "@NXT"))
    )
    prices = [told[f"quote:005930{venue}"]["price"] for venue in ("@KRX", "", "@NXT")]
    assert prices == [72_300, 72_400, 72_500]
    assert [told[f"book:005930{venue}"]["asks"][0][0] for venue in ("@KRX", "", "@NXT")] == prices
    assert all(event["topic"] == name for name, event in told.items())


def test_where_the_krx_is_all_there_is_its_tab_shows_the_share() -> None:
    relay = Relay()
    relay.tick(tick(symbol="005930"), 1)
    relay.take(set())
    followed = relay.follow([f"{QUOTE}@KRX"])
    relay.touch([f"{QUOTE}@KRX"])
    assert relay.knows(f"{QUOTE}@KRX")
    assert taken(relay, *followed)[f"{QUOTE}@KRX"]["topic"] == f"{QUOTE}@KRX"


def test_a_late_tick_is_dropped_and_counted() -> None:
    relay = Relay()
    relay.tick(tick(72_400, volume=1_000), 1)
    relay.tick(tick(72_300, volume=990), 2)
    relay.tick(tick(72_200, volume=1_100, at=NOON - timedelta(seconds=1)), 3)
    assert taken(relay, QUOTE)[QUOTE]["price"] == 72_400
    assert relay.dropped == 2


def test_the_next_day_begins_with_a_small_volume_again() -> None:
    relay = Relay()
    relay.tick(tick(72_400, volume=1_000_000), 1)
    relay.tick(tick(72_500, volume=10, at=NOON + timedelta(hours=21)), 2)
    assert taken(relay, QUOTE)[QUOTE]["volume"] == 10
    assert relay.dropped == 0


def test_an_old_snapshot_does_not_undo_a_newer_tick() -> None:
    relay = Relay()
    relay.tick(tick(72_400, volume=1_000), 1)
    older, newer = snapshot_of(70_000, 900), snapshot_of(73_000, 1_200)
    at = int(NOON.timestamp())
    relay.snapshot(quote_snapshot(older, "005930", at, 2))
    assert taken(relay, QUOTE)[QUOTE]["price"] == 72_400
    relay.snapshot(quote_snapshot(newer, "005930", at, 3))
    assert taken(relay, QUOTE)[QUOTE]["price"] == 73_000


def test_a_quote_without_a_price_is_not_a_price_of_zero() -> None:
    unknown = Quote(Symbol("005930"), "삼성전자", *[None] * 12)
    assert quote_snapshot(unknown, "005930", 1, 1) is None


def test_after_a_reconnect_any_tick_may_follow() -> None:
    relay = Relay()
    relay.tick(tick(72_400, volume=1_000), 1)
    relay.begin_again()
    relay.tick(tick(70_100, volume=500), 2)
    assert taken(relay, QUOTE)[QUOTE]["price"] == 70_100


PRINTS = "prints:005930"


def sizes(told: dict[str, Any]) -> list[int]:
    return [line[4] for line in told[PRINTS]["prints"]]


def test_a_tape_carries_every_print_since_the_last_frame_however_many() -> None:
    relay = Relay()
    for n in range(3 * TAPE):
        relay.tick(tick(volume=n, size=n), heard=1)
    told = taken(relay, PRINTS)
    assert sizes(told) == list(range(3 * TAPE))
    assert len({line[0] for line in told[PRINTS]["prints"]}) == 3 * TAPE


def test_a_frame_of_few_prints_repeats_those_before_them() -> None:
    relay = Relay()
    for n in range(TAPE):
        relay.tick(tick(volume=n, size=n), heard=1)
    taken(relay, PRINTS)
    relay.tick(tick(volume=TAPE, size=TAPE), heard=1)
    assert sizes(taken(relay, PRINTS)) == list(range(TAPE + 1 - LEAST, TAPE + 1))


def test_whoever_begins_to_follow_finds_the_newest_of_the_tape() -> None:
    relay = Relay()
    for n in range(2 * TAPE):
        relay.tick(tick(volume=n, size=n), heard=1)
    taken(relay, PRINTS)
    (kept,) = relay.tapes([PRINTS, QUOTE]).values()
    assert sizes({PRINTS: json.loads(kept)}) == list(range(TAPE, 2 * TAPE))


def test_a_tape_nobody_follows_does_not_grow() -> None:
    relay = Relay()
    for n in range(10 * TAPE):
        relay.tick(tick(volume=n, size=n), heard=1)
    taken(relay, QUOTE)
    relay.tick(tick(volume=10 * TAPE, size=0), heard=1)
    assert len(taken(relay, PRINTS)[PRINTS]["prints"]) == TAPE


def test_a_book_has_ten_levels_a_side_from_the_best() -> None:
    relay = Relay()
    relay.book(book(best_ask=72_500), 1)
    told = taken(relay, "book:005930")["book:005930"]
    assert told["asks"][0] == [72_500, 1_000, 0]
    assert told["bids"][0] == [72_400, 2_000, 0]
    assert len(told["asks"]) == len(told["bids"]) == 10


def test_a_trade_told_twice_is_one_print() -> None:
    relay = Relay()
    for _ in range(5):
        relay.tick(tick(volume=1_000), 1)
    told = taken(relay, "prints:005930")["prints:005930"]
    assert (len(told["prints"]), relay.dropped) == (1, 4)


def test_duplicates_and_stragglers_leave_the_state_as_the_events_in_order_do() -> None:
    chance, plain, messy = random.Random(7), Relay(), Relay()
    told: list[tuple[Any, Any]] = []
    for n in range(200):
        moment = NOON + timedelta(seconds=n // 3)
        told.append((tick(72_000 + n, volume=n + 1, at=moment), replace(book(72_500 + n), at=moment)))
    for n, (trade, depth) in enumerate(told):
        for relay in (plain, messy):
            relay.tick(trade, n)
            relay.book(depth, n)
        for old_trade, old_depth in chance.choices(told[: max(n - 3, 0)], k=2) if n > 3 else ():
            messy.tick(old_trade, n)
            if old_depth.at < depth.at:
                messy.book(old_depth, n)
    topics = (QUOTE, "prints:005930", "book:005930")
    assert taken(messy, *topics) == taken(plain, *topics)
    assert messy.dropped > 300
    assert plain.dropped == 0


def test_an_event_of_yesterday_does_not_hold_up_today() -> None:
    relay = Relay()
    relay.present = int(NOON.timestamp())
    relay.tick(tick(70_000, volume=9_000_000, at=NOON + timedelta(hours=3)), 1)  # 15:00, told at noon
    relay.book(replace(book(70_000), at=NOON + timedelta(hours=3)), 1)
    relay.tick(tick(72_400, volume=1_000), 2)
    relay.book(book(72_500), 2)
    told = taken(relay, QUOTE, "book:005930")
    assert told[QUOTE]["price"] == 72_400
    assert told["book:005930"]["asks"][0][0] == 72_500
    assert relay.dropped == 2


def test_when_the_brokers_clock_was_moved_its_events_are_believed() -> None:
    relay = Relay()
    relay.present = int(NOON.timestamp())
    for n in range(MOVED + 2):
        relay.tick(tick(72_000 + n, volume=n + 1, at=NOON + timedelta(hours=2)), 1)
    assert taken(relay, QUOTE)[QUOTE]["price"] == 72_000 + MOVED + 1
