"""Warrants: always some alive, priced from their underlying, one history in ticks, minutes and days."""

from datetime import date, timedelta

import pytest

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.products.warrant import TICK
from kiwoomweb.simulator.products.warrant_facts import valued
from kiwoomweb.simulator.products.warrant_list import WarrantList
from kiwoomweb.simulator.products.warrant_market import WarrantMarket
from kiwoomweb.simulator.quoting import price_at
from tests.simulator.core.conftest import FRIDAY, at


@pytest.fixture(scope="module")
def warrants(demo: Exchange):
    return demo.products.warrants


@pytest.mark.parametrize("months", range(0, 30, 3))
def test_there_are_always_some_sixty_alive(market: Market, months: int):
    listed = WarrantList(market)
    day = date(2024, 1, 15) + timedelta(days=31 * months)
    alive = [one for one in listed.on(day).values() if not one.is_over(day)]
    assert 60 <= len(alive) <= 82
    assert {one.call for one in alive} == {True, False}
    for one in alive:
        assert one.listed <= day <= one.last_day < one.expires < one.pays
        assert one.expires.day <= 14
        assert all(market.trades(when) for when in (one.listed, one.last_day, one.expires, one.pays))
        assert len(one.code) == 6
    assert len({one.code for one in alive}) == len({one.name for one in alive}) == len(alive)


def test_a_warrant_is_the_same_on_every_day_of_its_life(market: Market):
    listed = WarrantList(market)
    one = next(iter(WarrantList(market).on(FRIDAY).values()))
    for day in (one.listed, one.last_day, one.expires):
        assert listed.on(day)[one.code] == one
    assert one.code not in listed.on(one.listed - timedelta(days=1))
    assert one.code not in listed.on(one.expires + timedelta(days=11))


def test_prices_stand_on_the_tick_and_move_with_the_underlying(warrants):
    for line in warrants.lines():
        one, quote = line.warrant, line.quote
        assert quote.price % TICK == 0
        assert quote.price >= TICK
        if one.is_over(FRIDAY):
            continue
        dear, cheap = (one.price(FRIDAY, line.valued.spot * part, one.volatility) for part in (1.1, 0.9))
        assert dear >= cheap if one.call else dear <= cheap
        expected = one.theory(FRIDAY, line.valued.spot, line.valued.lp_volatility)
        # Within a minute the warrant may be a trade or two behind its underlying.
        slack = abs(line.valued.greeks.delta) * line.valued.spot * 0.004 + 2 * TICK
        assert abs(quote.price - max(expected, TICK)) <= slack


def test_at_the_close_the_price_is_exactly_what_the_market_sees(warrants):
    market = warrants.market
    close = at("19:00:00", FRIDAY - timedelta(days=1))
    for one in warrants.all():
        if one.is_over(close.date()):
            continue
        spot = market.shares.close_before(one.underlying.source, FRIDAY).close * one.underlying.factor
        volatility = market.seen_volatility(one, close.date())
        assert price_at(market, one.code, close) == one.price(close.date(), spot, volatility)


def test_days_minutes_and_ticks_are_one_history(demo: Exchange, warrants):
    busiest = max(
        (x for x in warrants.lines() if not x.warrant.is_over(FRIDAY)), key=lambda line: line.quote.volume
    )
    code = busiest.warrant.code
    today, minutes = demo.bars(code, "day", 1)[0], [b for b in demo.minutes(code, 1, 400) if b.day == FRIDAY]
    trades = [trade for trade in demo.ticks(code, 8_000) if trade.at.date() == FRIDAY]
    quote = demo.quote(code)
    assert today.volume == quote.volume == sum(bar.volume for bar in minutes) == sum(t.size for t in trades)
    assert (today.high, today.low, today.close) == (quote.high, quote.low, quote.price)
    assert max(bar.high for bar in minutes) == quote.high == max(trade.price for trade in trades)
    assert min(bar.low for bar in minutes) == quote.low == min(trade.price for trade in trades)
    assert trades[0].price == minutes[0].close == quote.price
    assert quote.turnover == today.turnover == sum(bar.turnover for bar in minutes) > 0


def test_a_whole_days_minutes_make_the_days_bar(warrants):
    market, yesterday = warrants.market, FRIDAY - timedelta(days=1)
    for line in warrants.lines()[20:40]:
        tape = market.tape(line.warrant.code, yesterday)
        bars = list(tape.official)
        assert (bars[0].open, bars[-1].close) == (tape.bar.open, tape.bar.close)
        assert (max(b.high for b in bars), min(b.low for b in bars)) == (tape.bar.high, tape.bar.low)
        assert sum(b.volume for b in bars) == tape.bar.volume


def test_a_book_stands_around_the_price(demo: Exchange, warrants):
    for line in warrants.lines():
        if line.warrant.is_over(FRIDAY):
            continue
        depth = demo.depth(line.warrant.code)
        assert depth == line.depth
        assert depth.asks[0].price - depth.bids[0].price in (TICK, depth.asks[0].price)
        assert all(level.price % TICK == 0 for level in (*depth.asks, *depth.bids))


def test_ratios_agree_with_their_definitions(warrants):
    for line in warrants.lines():
        worth, one = line.valued, line.warrant
        if one.is_over(FRIDAY):
            continue
        paid, spot = line.quote.price / one.ratio, worth.spot
        assert worth.gearing == pytest.approx(spot / paid)
        gain = worth.break_even - one.strike if one.call else one.strike - worth.break_even
        assert gain == pytest.approx(paid)
        assert (worth.parity > 100) is (worth.intrinsic > 0)
        assert worth.premium * spot / 100 + worth.intrinsic == pytest.approx(paid)
        if 1 < worth.leverage < 60 and one.call:
            # At the growth of the fulcrum warrant and underlying multiply alike.
            end = spot * (1 + worth.capital_fulcrum / 100) ** (one.days_left(FRIDAY) / 365)
            assert (end - one.strike) / paid == pytest.approx(end / spot, rel=1e-6)


def test_implied_volatility_explains_the_price(warrants):
    explained = [line for line in warrants.lines() if line.valued.implied and not line.warrant.is_over(FRIDAY)]
    assert len(explained) > 50
    for line in explained:
        assert line.warrant.theory(FRIDAY, line.valued.spot, line.valued.implied) == pytest.approx(
            line.quote.price, abs=0.01
        )


def test_the_provider_never_holds_less_than_nothing_or_more_than_the_issue(warrants):
    for one in warrants.all()[::9]:
        days = warrants.lp_days(one)
        assert [it.bar.day for it in days] == sorted((it.bar.day for it in days), reverse=True)
        held = one.issued
        for it in reversed(days):
            assert it.held == held + it.change
            assert 0 < it.held <= one.issued
            held = it.held


def test_an_ended_warrant_stays_as_it_ended(warrants):
    ended = [one for one in warrants.all() if one.is_over(FRIDAY)]
    assert ended
    for one in ended:
        worth, quote = valued(warrants.market, one, at("10:30:00"))
        last = warrants.market.daily.series(one.code, one.last_day).on(one.last_day)
        assert (worth.price, worth.day, quote.volume) == (last.close, one.last_day, last.volume)


def test_a_share_keeps_its_code_and_a_stranger_has_none(demo: Exchange):
    assert demo.quoted("005930") == demo.instrument("005930")
    assert demo.quoted("570000") is None
    assert demo.instrument(demo.instruments("ELW")[0].code) is None
    assert "ELW" not in {one.market for one in demo.instruments()}
    assert demo.quote("005930", Venue.KRX).price == price_at(demo.market, "005930", demo.now())


def test_another_seed_has_other_warrants():
    first, second = (WarrantMarket(Market(seed)).listed.on(FRIDAY) for seed in (1, 2))
    assert first.keys() == second.keys()
    assert first != second
