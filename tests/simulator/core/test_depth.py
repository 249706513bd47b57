"""The ten-level book stands around the last trade."""

from datetime import timedelta
from itertools import pairwise

import pytest

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.depth import depth_at, depth_of
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.quoting import quote_at
from tests.simulator.core.conftest import at


def test_the_best_prices_are_those_of_the_last_trade(demo):
    for instrument in demo.instruments()[:40]:
        depth, quote = demo.depth(instrument.code), demo.quote(instrument.code)
        assert (depth.asks[0].price, depth.bids[0].price) == (quote.best_ask, quote.best_bid)
        assert depth.bids[0].price < depth.asks[0].price


def test_levels_lead_away_from_the_market_one_tick_at_a_time(demo, market):
    depth, grid = demo.depth("247540"), market.grid("247540")
    assert len(depth.asks) == len(depth.bids) == 10
    assert all(upper.price == grid.up(lower.price) for lower, upper in pairwise(depth.asks))
    assert all(lower.price == grid.down(upper.price) for upper, lower in pairwise(depth.bids))
    assert all(level.size > 0 for level in depth.asks + depth.bids)


def test_asking_twice_at_one_instant_gives_the_same_book(demo):
    assert demo.depth("005930") == demo.depth("005930")


def test_a_levels_delta_is_its_change_since_a_moment_ago(market):
    now, then = at("10:30:01"), at("10:30:01") - timedelta(seconds=3)
    quote = quote_at(market, "005930", now, Venue.ALL)
    before = quote_at(market, "005930", then, Venue.ALL)
    sizes = {level.price: level.size for level in depth_of(market, before).asks}
    for level in depth_at(market, "005930", now).asks:
        if level.price in sizes and quote.best_ask == before.best_ask:
            assert level.delta == level.size - sizes[level.price]


def test_there_is_no_book_while_nothing_is_open():
    night = Exchange.opened(trader=False, now=at("21:00:00"))
    assert night.depth("005930").total_asks == night.depth("005930").total_bids == 0


def test_an_auction_feels_its_way_to_the_price_it_ends_with():
    auction = Exchange.opened(trader=False, now=at("15:25:00"))
    early = auction.depth("005930", Venue.KRX)
    assert early.expected_price == pytest.approx(auction.quote("005930", Venue.KRX).price, rel=0.02)
    auction.jump(at("15:29:58"))
    late = auction.depth("005930", Venue.KRX)
    assert late.expected_size > early.expected_size > 0
    auction.jump(at("15:30:59"))
    assert late.expected_price == pytest.approx(auction.quote("005930", Venue.KRX).price, abs=100)
