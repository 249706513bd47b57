"""At any instant ticks, minutes, days, weeks, quotes and books tell the same story."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.prices import SHARES
from tests.simulator.core.conftest import FRIDAY, at

CODES = ["005930", "247540", "096530", "005387", "0009K0"]
INSTANTS = ["09:00:07", "09:00:40", "11:17:33", "15:19:59", "15:25:00", "15:30:00", "15:45:00"]


@pytest.fixture(scope="module", params=INSTANTS)
def then(request: pytest.FixtureRequest) -> Exchange:
    return Exchange.opened(trader=False, now=at(request.param))


@pytest.mark.parametrize("code", CODES)
def test_the_quote_is_the_sum_of_the_days_trades(then, code):
    quote = then.quote(code, Venue.KRX)
    prints = then.prints(code, at("08:00:00"), venue=Venue.KRX)
    prices = [print_.price for print_ in prints]
    assert (quote.open, quote.high, quote.low, quote.price) == (prices[0], max(prices), min(prices), prices[-1])
    assert quote.volume == sum(print_.size for print_ in prints)
    assert quote.buys == sum(print_.size for print_ in prints if print_.side is Side.BUY)
    assert quote.buys + quote.sells == quote.volume
    assert (quote.best_ask, quote.best_bid) == (prints[-1].best_ask, prints[-1].best_bid)


@pytest.mark.parametrize("code", CODES)
def test_the_minutes_of_today_add_up_to_the_day(then, code):
    day = then.bars(code, "day", 1)[0]
    minutes = [bar for bar in then.minutes(code, 1, 500) if bar.day == FRIDAY]
    assert day.day == FRIDAY
    assert (day.open, day.close) == (minutes[-1].open, minutes[0].close)
    assert (day.high, day.low) == (max(bar.high for bar in minutes), min(bar.low for bar in minutes))
    assert day.volume == sum(bar.volume for bar in minutes) == then.quote(code, Venue.KRX).volume
    assert day.turnover == sum(bar.turnover for bar in minutes) == then.quote(code, Venue.KRX).turnover


@pytest.mark.parametrize("code", CODES)
def test_five_minutes_are_five_minutes(then, code):
    ones = [bar for bar in then.minutes(code, 1, 500) if bar.day == FRIDAY]
    fives = [bar for bar in then.minutes(code, 5, 100) if bar.day == FRIDAY]
    assert all(bar.at.minute % 5 == 0 for bar in fives)
    assert sum(bar.volume for bar in fives) == sum(bar.volume for bar in ones)
    assert max(bar.high for bar in fives) == max(bar.high for bar in ones)


@pytest.mark.parametrize("code", CODES)
def test_the_last_ticks_are_the_last_minute(then, code):
    minute, ticks = then.minutes(code, 1, 1)[0], then.ticks(code, 80)
    inside = [tick for tick in ticks if tick.at >= minute.at]
    assert sum(tick.size for tick in inside) == minute.volume
    assert (inside[-1].price, inside[0].price) == (minute.open, minute.close)
    assert [tick.at for tick in ticks] == sorted((tick.at for tick in ticks), reverse=True)


@pytest.mark.parametrize("span", ["week", "month", "year"])
def test_long_bars_are_their_days(demo, span):
    days, long = demo.bars("005930", "day", 900), demo.bars("005930", span, 3)
    newest = [day for day in days if day.at >= long[0].at]
    second = [day for day in days if long[1].at <= day.at < long[0].at]
    for bar, inside in ((long[0], newest), (long[1], second)):
        assert (bar.open, bar.close) == (inside[-1].open, inside[0].close)
        assert (bar.high, bar.low) == (max(d.high for d in inside), min(d.low for d in inside))
        assert (bar.volume, bar.turnover) == (sum(d.volume for d in inside), sum(d.turnover for d in inside))


def test_there_are_three_years_of_days_without_a_hole(demo):
    days = [bar.day for bar in demo.bars("005930", "day", 2_000)]
    assert days[0] == FRIDAY
    assert days[-1] <= FRIDAY - timedelta(days=3 * 365)
    assert all(demo.is_trading_day(day) for day in days)
    assert len(days) == sum(
        demo.is_trading_day(days[-1] + timedelta(days=n)) for n in range((FRIDAY - days[-1]).days + 1)
    )


def test_a_young_share_has_no_day_before_its_listing(demo):
    days = [bar.day for bar in demo.bars("0009K0", "day", 2_000)]
    assert days[-1] == demo.instrument("0009K0").listed == date(2025, 12, 4)


def test_looking_ahead_shows_nothing(demo):
    later = at("15:00:00")
    assert demo.prints("005930", at("10:30:00"), later) == []
    assert demo.ticks("005930", 1, later)[0].at <= demo.now()
    assert demo.bars("005930", "day", 1, FRIDAY + timedelta(days=30))[0].day == FRIDAY


def test_tomorrow_begins_where_today_officially_closed(market):
    monday = FRIDAY + timedelta(days=3)
    for code in CODES:
        assert market.base(code, monday) == market.daily.series(code, FRIDAY).on(FRIDAY).close


@pytest.mark.parametrize("code", ["005930", "247540"])
def test_every_day_keeps_within_its_limits_and_on_the_tick(market, code):
    series = market.daily.series(code, FRIDAY)
    for index in range(1, len(series)):
        bar, (low, high) = series[index], SHARES.limits(series[index - 1].close)
        assert low <= bar.low <= min(bar.open, bar.close)
        assert max(bar.open, bar.close) <= bar.high <= high
        assert all(SHARES.fits(price) for price in bar[1:5])


def test_before_the_open_only_nxt_trades():
    early = Exchange.opened(trader=False, now=at("08:30:00"))
    assert early.quote("005930", Venue.KRX).volume == 0
    assert early.quote("005930", Venue.KRX).price == early.quote("005930").base_price
    assert early.quote("005930", Venue.NXT).volume > 0
    assert early.quote("005930").open == 0
    assert {tick.phase for tick in early.prints("005930", at("08:00:00"))} == {Phase.PRE}


def test_after_hours_trades_leave_the_official_day_alone():
    evening = Exchange.opened(trader=False, now=at("19:30:00"))
    day, quote = evening.bars("005930", "day", 1)[0], evening.quote("005930", Venue.KRX)
    assert quote.volume > day.volume
    assert (quote.open, quote.high, quote.low) == (day.open, day.high, day.low)
    assert any(tick.phase is Phase.AFTER for tick in evening.prints("005930", at("19:00:00")))


def test_the_index_moves_with_its_bars(demo):
    index, bar = demo.index("001"), demo.bars("001", "day", 1)[0]
    assert index.level * 100 == bar.close
    assert index.previous > 0
    assert index.low <= index.level <= index.high
    assert demo.index("999") is None


def test_another_seed_is_another_market(market):
    other = Exchange.opened(seed=2, trader=False, now=at("10:30:00"))
    assert (
        other.quote("005930").price != Exchange.opened(trader=False, now=at("10:30:00")).quote("005930").price
    )


def test_an_index_does_not_rest_at_the_days_extremes():
    """Shares stick to a price, a mean of a hundred shares does not: its minutes move on."""
    market = Exchange.opened(trader=False, now=at("15:10:00"))
    for sector in ("001", "101"):
        closes = [bar.close for bar in market.minutes(sector, 1, 360)]
        resting = sum(one == other for one, other in pairwise(closes))
        assert resting < 0.1 * len(closes)
