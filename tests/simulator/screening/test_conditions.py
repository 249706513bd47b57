"""Each condition finds what its name promises, counted again by hand from the bars and quotes of the market."""

from datetime import date, datetime, timedelta

import pytest

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.flows.traded import FOREIGN, INSTITUTIONS
from kiwoomweb.simulator.screening.conditions import CONDITIONS
from kiwoomweb.simulator.screening.facts import Facts, FactsOf, Past

FRIDAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    return Exchange.opened(trader=False, now=datetime(2026, 11, 20, 13, 0, tzinfo=SEOUL))


@pytest.fixture(scope="module")
def market(exchange: Exchange) -> list[Facts]:
    facts_of = FactsOf(exchange)
    return [facts for one in exchange.instruments() if (facts := facts_of(one.code))]


def found(market: list[Facts], name: str) -> list[Facts]:
    [condition] = [one for one in CONDITIONS.values() if name in one.name]
    return [facts for facts in market if condition.holds(facts)]


def closes(exchange: Exchange, code: str, count: int, until: date = FRIDAY) -> list[int]:
    return [bar.close for bar in exchange.bars(code, "day", count, until)]


def test_there_are_as_many_as_a_person_keeps_and_each_has_a_name() -> None:
    assert 8 <= len(CONDITIONS) <= 20
    assert [one.seq for one in CONDITIONS.values()] == [str(number) for number in range(len(CONDITIONS))]
    assert len({one.name for one in CONDITIONS.values()}) == len(CONDITIONS)


def test_averages_in_order_are_those_of_the_daily_bars(exchange: Exchange, market: list[Facts]) -> None:
    shares = found(market, "정배열")
    assert shares
    for one in shares:
        last = closes(exchange, one.about.code, 60)
        week, month, quarter = (sum(last[:span]) / span for span in (5, 20, 60))
        assert one.average(5) == pytest.approx(week)
        assert one.quote.price > week > month > quarter


def test_a_golden_cross_is_of_today(exchange: Exchange, market: list[Facts]) -> None:
    for one in found(market, "골든크로스"):
        today, before = (closes(exchange, one.about.code, 20, FRIDAY - timedelta(days=back)) for back in (0, 1))
        assert sum(today[:5]) / 5 > sum(today) / 20
        assert sum(before[:5]) / 5 <= sum(before) / 20


def test_a_breakout_is_above_yesterdays_high_on_much_volume(exchange: Exchange, market: list[Facts]) -> None:
    shares = found(market, "돌파")
    assert shares
    for one in shares:
        yesterday = exchange.bars(one.about.code, "day", 1, FRIDAY - timedelta(days=1))[0]
        assert one.quote.price > yesterday.high
        assert one.quote.change_rate >= 2


def test_the_year_high_is_within_reach(exchange: Exchange, market: list[Facts]) -> None:
    for one in market:
        bars = [
            bar for bar in exchange.bars(one.about.code, "day", 250, FRIDAY - timedelta(days=1)) if bar.volume
        ]
        top = max((bar.high for bar in bars), default=0)
        assert one.past.year_high == top
        assert (one in found([one], "신고가")) == (top > 0 and one.quote.price >= 0.95 * top)


def test_what_fell_too_far_is_turning(exchange: Exchange, market: list[Facts]) -> None:
    shares = found(market, "낙폭과대")
    assert shares
    for one in shares:
        assert one.quote.price <= 0.9 * sum(closes(exchange, one.about.code, 20)) / 20
        assert one.quote.price > one.quote.open


def test_a_fast_rise_is_of_the_last_five_minutes(exchange: Exchange, market: list[Facts]) -> None:
    rising = {one.about.code for one in found(market, "급등")}
    for one in market:
        if one.about.code in rising:
            assert one.quote.price >= 1.006 * one.price_before(5)
            # The price of then, told by the tape: the last trade at or before that moment.
            then = exchange.now() - timedelta(minutes=5)
            last = exchange.prints(one.about.code, then - timedelta(hours=4), then, Venue.ALL)[-1]
            assert one.price_before(5) == last.price


def test_strong_hands_buy_both(exchange: Exchange, market: list[Facts]) -> None:
    shares = found(market, "외인")
    assert shares
    for one in shares:
        told = exchange.flows.traded(one.about.code, FRIDAY, exchange.now())
        assert told.net_won(FOREIGN) > 0
        assert told.net_won(INSTITUTIONS) > 0


def test_the_base_filter_is_longer_than_a_page(market: list[Facts]) -> None:
    shares = found(market, "거래대금")
    assert len(shares) > 100
    assert min(one.quote.turnover for one in shares) >= 1_000_000_000


def test_a_share_listed_this_week_meets_no_long_average() -> None:
    past = Past.of([])
    assert (past.averages, past.high, past.year_high, past.usual_volume) == ({}, 0, 0, 0)


def test_a_market_that_sleeps_is_looked_through_all_the_same() -> None:
    sunday = Exchange.opened(trader=False, now=datetime(2026, 11, 22, 13, 0, tzinfo=SEOUL))
    facts = FactsOf(sunday)("005930")
    assert facts is not None
    assert facts.elapsed == 1.0
    for condition in CONDITIONS.values():
        condition.holds(facts)
    assert FactsOf(sunday)("999999") is None
