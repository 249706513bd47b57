"""Every share bought was sold by somebody: investors add up on any day, at any instant, on every venue."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.flows.traded import EVERYBODY, FOREIGN, INSTITUTIONS
from tests.simulator.flows.asking import FRIDAY, Asker, at

CODES = ("005930", "000660", "247540", "069500", "000080", "293490")
INSTANTS = ("07:30:00", "08:20:00", "09:00:30", "11:31:07", "15:25:00", "15:40:00", "18:10:00")
VENUES = (Venue.KRX, Venue.NXT, Venue.ALL)
DAYS = st.integers(0, 900).map(lambda ago: FRIDAY - timedelta(days=ago))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(CODES), DAYS)
def test_a_past_day_adds_up_to_its_bar(noon: Asker, code: str, day: date) -> None:
    market, flows = noon.exchange.market, noon.exchange.flows
    if day == FRIDAY or not market.trades(day):
        return
    bar = market.daily.series(code, day).on(day)
    traded = flows.traded(code, day, noon.exchange.now())
    assert traded.bought() == traded.sold() == (bar.volume if bar else 0)
    assert traded.paid() == traded.received() == (bar.worth if bar else 0)
    assert traded.net(EVERYBODY) == traded.net_won(EVERYBODY) == 0
    assert min(traded.figures) >= 0


@pytest.mark.parametrize("clock", INSTANTS)
def test_a_day_under_way_adds_up_to_what_has_traded(noon: Asker, clock: str) -> None:
    asker = Asker(at(clock), like=noon)
    exchange, now = asker.exchange, asker.exchange.now()
    day = exchange.market.day_at(now)
    for code in CODES:
        krx, nxt, everywhere = (exchange.flows.traded(code, day, now, venue) for venue in VENUES)
        quote = exchange.quote(code, Venue.ALL)
        assert everywhere.bought() == everywhere.sold() == quote.volume
        assert everywhere.paid() == everywhere.received() == quote.turnover
        assert krx.bought() + nxt.bought() == quote.volume
        assert nxt.bought() == nxt.sold() == exchange.quote(code, Venue.NXT).volume
        today = next(iter(exchange.bars(code, "day", 1)))
        assert krx.bought() == (today.volume if today.day == day else 0)


def test_no_figure_falls_while_the_day_goes_on_and_the_evening_is_the_whole_day(noon: Asker) -> None:
    flows = noon.exchange.flows
    later = Asker(at("21:00:00"), like=noon)
    for code in CODES:
        moment, before = at("08:00:00"), None
        while moment <= at("20:16:00"):
            figures = later.exchange.flows.upto(code, moment, later.exchange.now(), Venue.ALL).figures
            assert before is None or all(a <= b for a, b in zip(before, figures, strict=True))
            before, moment = figures, moment + timedelta(minutes=13)
        whole = flows.traded(code, FRIDAY, at("10:00:00", date(2026, 11, 23)), Venue.ALL)
        assert tuple(before or ()) == tuple(whole.figures)


def test_prices_of_buyers_and_sellers_lie_within_the_day(noon: Asker) -> None:
    market, flows = noon.exchange.market, noon.exchange.flows
    for code in CODES:
        for bar, _ in zip(
            market.daily.series(code, FRIDAY).back_from(date(2026, 11, 19)), range(60), strict=False
        ):
            traded = flows.traded(code, bar.day, noon.exchange.now())
            for kind in EVERYBODY:
                for shares, won in (
                    (traded.bought((kind,)), traded.paid((kind,))),
                    (traded.sold((kind,)), traded.received((kind,))),
                ):
                    assert shares * bar.low <= won + shares <= shares * (bar.high + 1) + 1 or shares < 20


def test_foreign_holdings_move_by_exactly_what_foreigners_bought_net(noon: Asker) -> None:
    for code in CODES:
        rows = noon.rows("ka10008", stk_cd=code)
        for newer, older in pairwise(rows):
            assert int(newer["poss_stkcnt"]) - int(older["poss_stkcnt"]) == int(newer["chg_qty"])
            assert int(newer["poss_stkcnt"]) + int(newer["gain_pos_stkcnt"]) == int(newer["frgnr_limit"])
            assert 0 <= int(newer["poss_stkcnt"]) <= int(newer["frgnr_limit"])


def test_what_foreigners_and_institutions_do_is_worth_telling(noon: Asker) -> None:
    now, flows = noon.exchange.now(), noon.exchange.flows
    days = noon.exchange.market.days_back(date(2026, 11, 19))
    nets = [
        (flows.traded("005930", day, now).net(FOREIGN), flows.traded("005930", day, now).net(INSTITUTIONS))
        for day, _ in zip(days, range(120), strict=False)
    ]
    assert 20 < sum(foreign > 0 for foreign, _ in nets) < 100
    assert 20 < sum(ours > 0 for _, ours in nets) < 100
