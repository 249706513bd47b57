"""Each realtime type as the simulator writes it becomes a page's event under its topic, figure for figure."""

import json
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import pytest

from kiwoomweb.broker import frames
from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.parting import parted
from kiwoomweb.simulator.replies import LOOKS, realtime
from kiwoomweb.streams import market_handlers
from market.relay import Relay
from tests.simulator.core.conftest import at

SHARE, FUND = "005930_AL", "069500"


@pytest.fixture(scope="module")
def day() -> dict[str, Exchange]:
    """The same market at the moments that show each type."""
    moments = {"auction": "08:59:00", "noon": "10:30:00", "after": "15:45:00"}
    return {name: Exchange.opened(trader=False, now=at(clock)) for name, clock in moments.items()}


def told(exchange: Exchange, entries: list[Any], *topics: str) -> dict[str, Any]:
    """What pages that follow the topics hear of a frame with these entries, the whole way through."""
    relay, raw = Relay("_AL"), json.dumps({"trnm": "REAL", "data": entries}).encode()
    for event in frames.events(frames.read(raw), exchange.now()):
        market_handlers()[type(event)](relay, event, 5)
    return {name: json.loads(text) for name, text in relay.take(set(topics)).items()}


def look(exchange: Exchange, kind: str, item: str, topic: str) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """What the simulator sees of a type, and what a page is told of it."""
    seen = LOOKS[kind](exchange, item)
    assert seen is not None, f"the simulator is silent about {kind} {item}"
    return seen, told(exchange, [realtime.entry(kind, item, seen)], topic)[topic]


def price(text: Any) -> int:
    return abs(int(str(text)))


def test_the_auction_points_to_a_price(day: dict[str, Exchange]) -> None:
    seen, event = look(day["auction"], "0H", SHARE, "expected:005930")
    assert event["price"] == price(seen["10"])
    assert event["size"] == price(seen["15"])
    assert (event["topic"], event["heard"]) == ("expected:005930", 5)
    assert 0 <= day["auction"].now().timestamp() - event["at"] < 5


def test_a_share_that_has_not_traded_stands_at_its_indication(day: dict[str, Exchange]) -> None:
    seen, event = look(day["auction"], "0A", "005930", "indication:005930@KRX")
    assert event["price"] == price(seen["10"])
    assert event["best_ask"] == price(seen["27"])


def test_the_best_quotes_are_the_first_step_of_the_book(day: dict[str, Exchange]) -> None:
    depth = day["noon"].depth("005930", Venue.NXT)
    _, event = look(day["noon"], "0C", "005930_NX", "best:005930@NXT")
    assert (event["ask"], event["bid"]) == (depth.asks[0].price, depth.bids[0].price)
    assert event["at"] is None


def test_after_hours_the_two_totals_are_told(day: dict[str, Exchange]) -> None:
    seen, event = look(day["after"], "0E", SHARE, "after:005930")
    assert (event["total_asks"], event["total_bids"]) == (int(seen["131"]), int(seen["135"]))


def test_firms_come_by_name_code_size_change_and_home(day: dict[str, Exchange]) -> None:
    seen, event = look(day["noon"], "0F", SHARE, "firms:005930")
    assert len(event["sellers"]) == len(event["buyers"]) == 5
    for n, (name, code, size, _change, foreign) in enumerate(event["sellers"]):
        assert (name, code) == (seen[f"{141 + n}"], seen[f"{146 + n}"])
        assert (size, foreign) == (price(seen[f"{161 + n}"]), bool(int(seen[f"{271 + n}"])))
    assert event["foreign_net"] == int(str(seen["267"]))


def test_program_trading_balances(day: dict[str, Exchange]) -> None:
    _, event = look(day["noon"], "0w", SHARE, "program:005930")
    assert event["net"] == event["bought"] - event["sold"]
    assert event["net_amount"] == event["bought_amount"] - event["sold_amount"]


def test_the_limits_of_the_day_lie_around_its_base(day: dict[str, Exchange]) -> None:
    _, event = look(day["noon"], "0g", SHARE, "facts:005930")
    assert event["lower_limit"] < event["base"] < event["upper_limit"]
    assert event["state"]


def test_the_breadth_of_a_sector_counts_its_shares(day: dict[str, Exchange]) -> None:
    seen, event = look(day["noon"], "0U", "001", "breadth:001")
    assert event["up"] + event["unchanged"] + event["down"] == event["traded"] == int(seen["256"])
    assert event["level"] == str(abs(Decimal(str(seen["10"]))))


def test_a_fund_is_told_beside_its_net_asset_value(day: dict[str, Exchange]) -> None:
    seen, event = look(day["noon"], "0G", FUND, f"nav:{FUND}")
    assert Decimal(event["nav"]) == Decimal(str(seen["36"]).lstrip("+"))
    assert event["price"] == price(seen["10"])


def test_a_warrant_has_a_theory_and_ratios(day: dict[str, Exchange]) -> None:
    code = next(iter(day["noon"].products.warrants.lines())).warrant.code
    theory, worth = look(day["noon"], "0m", code, f"theory:{code}")
    ratios, told_ratios = look(day["noon"], "0u", code, f"ratios:{code}")
    assert Decimal(worth["theory"]) == Decimal(str(theory["670"]))
    assert Decimal(told_ratios["parity"]) == Decimal(str(ratios["666"]))


def test_the_worlds_gold_is_told_a_gram(day: dict[str, Exchange]) -> None:
    seen, event = look(day["noon"], "0I", "MGD", "gold:MGD")
    assert Decimal(event["price"]) == abs(Decimal(str(seen["10"])))


def test_a_halt_is_news_of_all_and_the_latest_of_its_share(day: dict[str, Exchange]) -> None:
    exchange = day["after"]
    night = datetime.combine(exchange.now().date(), time(), exchange.now().tzinfo)
    events = list(exchange.halts.events(night, exchange.now()))[:60]
    assert events, "the simulator's day has no VI"
    entries = []
    for one in events:
        about = exchange.instrument(one.halt.code)
        assert about is not None
        entries.append(realtime.halted(one, about, exchange.quote(about.code, Venue.KRX).base_price))
    last = events[-1]
    heard = told(exchange, entries, "vi", f"vi:{last.halt.code}")
    assert [halt["symbol"] for halt in heard["vi"]["halts"]] == [one.halt.code for one in events][-40:]
    numbers = [halt["number"] for halt in heard["vi"]["halts"]]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert heard[f"vi:{last.halt.code}"]["released"] == last.released
    assert heard[f"vi:{last.halt.code}"]["price"] == last.halt.price


def test_a_book_of_both_venues_says_what_waits_where(day: dict[str, Exchange]) -> None:
    exchange = day["noon"]
    depth, base = exchange.depth("005930"), exchange.quote("005930").base_price
    split = parted(exchange, depth)
    event = told(exchange, [realtime.book_changed(SHARE, depth, base, split)], "book:005930")["book:005930"]
    krx, nxt = event["krx"], event["nxt"]
    for n, (_price, size, _delta) in enumerate(event["asks"]):
        assert krx["asks"][n] + nxt["asks"][n] == size
    assert krx["total_bids"] + nxt["total_bids"] == event["total_bids"]
    assert nxt["total_asks"] > 0


def test_before_the_krx_opens_all_of_a_book_waits_on_the_nxt() -> None:
    exchange = Exchange.opened(trader=False, now=at("08:10:00"))
    depth, base = exchange.depth("005930"), exchange.quote("005930").base_price
    split = parted(exchange, depth)
    event = told(exchange, [realtime.book_changed(SHARE, depth, base, split)], "book:005930")["book:005930"]
    assert event["krx"]["total_asks"] == 0
    assert event["nxt"]["total_asks"] == event["total_asks"] > 0


def test_a_book_of_one_venue_has_no_parts(day: dict[str, Exchange]) -> None:
    exchange = day["noon"]
    depth, base = exchange.depth("005930", Venue.KRX), exchange.quote("005930", Venue.KRX).base_price
    event = told(exchange, [realtime.book_changed("005930", depth, base)], "book:005930@KRX")
    assert event["book:005930@KRX"]["krx"] is None


def test_in_an_auction_the_book_points_too(day: dict[str, Exchange]) -> None:
    exchange = day["auction"]
    depth, base = exchange.depth("005930", Venue.KRX), exchange.quote("005930", Venue.KRX).base_price
    event = told(exchange, [realtime.book_changed("005930", depth, base)], "book:005930@KRX")
    told_book = event["book:005930@KRX"]
    assert (told_book["expected_price"], told_book["expected_size"]) == (
        depth.expected_price,
        depth.expected_size,
    )
    assert told_book["at"] == int(depth.at.timestamp())
