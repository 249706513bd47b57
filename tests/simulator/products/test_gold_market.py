"""The gold market: it follows the world's price, keeps KRX's hours, and agrees with itself."""

from datetime import timedelta
from math import log
from statistics import pstdev

import pytest

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.products.gold_expectation import expectations
from kiwoomweb.simulator.products.gold_investors import investors_on, nets_on
from kiwoomweb.simulator.products.gold_market import BAR, GOLD, MINI, GoldMarket
from kiwoomweb.simulator.products.world_gold import GRAMS_AN_OUNCE, WorldGold
from tests.simulator.core.conftest import FRIDAY, at


@pytest.fixture(scope="module")
def gold(demo: Exchange) -> GoldMarket:
    return demo.products.gold.market


@pytest.mark.parametrize("code", [BAR, MINI])
def test_a_gram_in_seoul_costs_about_what_it_costs_in_the_world(gold: GoldMarket, code: str):
    gaps = []
    for bar in list(gold.daily.series(code, FRIDAY).back_from(FRIDAY))[:200]:
        world = gold.world.gram(at("15:30:00", bar.day))
        gaps.append(bar.close / world - 1)
        assert GOLD.fits(bar.close)
        assert bar.low <= min(bar.open, bar.close) <= max(bar.open, bar.close) <= bar.high
    assert -0.01 < min(gaps) < max(gaps) < 0.025
    assert pstdev(gaps) > 0.001


def test_the_worlds_gram_is_the_ounce_in_won(gold: GoldMarket):
    now = at("11:17:23")
    assert gold.world.gram(now) == gold.world.ounce(now) * gold.world.dollar(now) / GRAMS_AN_OUNCE


def test_the_world_never_jumps_at_midnight_and_rests_on_weekends(gold: GoldMarket):
    for n in range(30):
        midnight = at("00:00:00", FRIDAY - timedelta(days=n))
        before, after = (gold.world.ounce(midnight + timedelta(seconds=s)) for s in (-1, 1))
        assert abs(log(after / before)) < 0.0005
    saturday, monday = at("03:00:00", FRIDAY + timedelta(days=1)), at("00:00:00", FRIDAY + timedelta(days=3))
    assert gold.world.ounce(saturday) == pytest.approx(gold.world.ounce(monday), rel=1e-9)
    assert WorldGold(1).ounce(saturday) == WorldGold(1).ounce(saturday.astimezone(SEOUL))
    assert WorldGold(2).ounce(saturday) != WorldGold(1).ounce(saturday)


def test_gold_trades_from_nine_to_half_past_three_and_nowhere_else(gold: GoldMarket):
    hours = gold.sessions(FRIDAY)
    assert (hours.opens, hours.closes) == (at("09:00:00"), at("15:30:00"))
    assert gold.sessions(FRIDAY + timedelta(days=1)) is None


def test_ticks_minutes_and_days_are_one_history(demo: Exchange):
    counter = demo.products.gold
    for code in (BAR, MINI):
        quote, today = counter.quote(code), counter.bars(code, "day", 2)[0]
        assert (quote.price, quote.open, quote.high, quote.low, quote.volume) == (
            today.close,
            today.open,
            today.high,
            today.low,
            today.volume,
        )
        minutes = [bar for bar in counter.minutes(code, 1, 400) if bar.day == FRIDAY]
        trades = [trade for trade in counter.ticks(code, 5_000) if trade.at.date() == FRIDAY]
        assert sum(bar.volume for bar in minutes) == sum(t.size for t in trades) == quote.volume
        assert max(bar.high for bar in minutes) == quote.high
        assert trades[0].price == quote.price


def test_the_price_limit_is_a_tenth(demo: Exchange):
    quote = demo.products.gold.quote(BAR)
    assert quote.base_price * 1.1 - 10 < quote.upper_limit <= quote.base_price * 1.1
    assert quote.base_price * 0.9 <= quote.lower_limit < quote.base_price * 0.9 + 10


def test_what_is_bought_is_sold(gold: GoldMarket):
    everybody = investors_on(gold, FRIDAY, at("15:40:00"))
    total = sum(gold.daily.series(code, FRIDAY).on(FRIDAY).volume for code in (BAR, MINI))
    assert sum(one.bought for one in everybody) == sum(one.sold for one in everybody) == total
    assert sum(one.net_amount for one in everybody) == 0


def test_a_days_nets_add_up_to_nothing(demo: Exchange):
    for bar in demo.products.gold.bars(BAR, "day", 20):
        assert sum(nets_on(demo.products.gold.market, BAR, bar)) == 0


def test_an_auction_expects_what_it_then_makes(gold: GoldMarket):
    morning = expectations(gold, BAR, at("10:30:00"))
    bar = gold.daily.series(BAR, FRIDAY).on(FRIDAY)
    assert morning[0].price == bar.open
    assert morning[0].at == at("08:59:50")
    assert [one.size for one in morning] == sorted((one.size for one in morning), reverse=True)
    evening = expectations(gold, BAR, at("15:40:00"))
    assert (evening[0].price, evening[0].total) == (bar.close, bar.volume)
    assert len(evening) > len(morning)
    half = expectations(gold, BAR, at("08:45:00"))
    assert half == morning[-len(half) :]


def test_a_gold_day_is_official_hours_and_nothing_around(gold: GoldMarket):
    tape = gold.tape(BAR, FRIDAY)
    assert not tape.extended
    assert (len(tape.pre), len(tape.after)) == (0, 0)
