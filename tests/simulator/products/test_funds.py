"""Funds: NAV follows the index, the price follows the NAV, and the demo person knows only the old ones."""

from math import log, sqrt
from statistics import pstdev

import pytest

from kiwoomweb.broker.catalogue import find
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.picking import FUNDS, watchlist
from kiwoomweb.simulator.products.fund_list import TAXES, funds
from kiwoomweb.simulator.products.fund_values import FundValues
from kiwoomweb.simulator.quoting import index_at, quote_at
from kiwoomweb.simulator.universe import sectors
from tests.simulator.core.conftest import FRIDAY, at


@pytest.fixture(scope="module")
def values(market: Market) -> FundValues:
    return FundValues(market)


def test_about_thirty_funds_with_facts_and_prices(market: Market):
    listed = {code for code, one in market.universe.instruments.items() if one.is_etf}
    assert listed == set(funds())
    assert len(listed) == 30
    asked = {field.name: field.choices for field in find("ka40004").request}
    assert {code: name for code, name in asked["txon_type"].items() if code != "0"} | {"5": TAXES["5"]} == TAXES
    for fund in funds().values():
        assert fund.manager in asked["mngmcomp"]
        assert fund.tax in TAXES
        assert (fund.source in sectors()) is (fund.level == 0)
        assert fund.level == 0 or funds()[fund.source].source == fund.source
        assert fund.multiple in (1, -1, 2, -2)


def test_the_demo_person_picks_from_the_funds_it_always_knew(market: Market):
    assert len(FUNDS) == 6
    for seed in range(1, 9):
        picked = {code for code in watchlist(market, seed, FRIDAY) if market.universe.instruments[code].is_etf}
        assert picked <= FUNDS


@pytest.mark.parametrize("code", sorted(funds()))
def test_a_days_nav_is_the_index_times_the_multiple_and_a_part_of_the_distance(values: FundValues, code: str):
    fund, days = funds()[code], values.days(code, FRIDAY)
    assert len(days) > 250
    for older, newer in zip(days[-200:-1], days[-199:], strict=True):
        index = newer.value.index / older.value.index - 1
        made_up = (older.bar.close / older.value.nav) ** 0.3
        assert newer.value.nav == pytest.approx(older.value.nav * (1 + fund.multiple * index) * made_up)
        assert newer.value.nav_before == older.value.nav
    gaps = [day.value.disparity for day in days[-250:]]
    assert max(map(abs, gaps)) < 1.4 * max(abs(fund.multiple), 1)
    assert pstdev(gaps) < 0.7


def test_the_tracking_error_is_the_spread_of_what_nav_and_index_differ(values: FundValues):
    days = values.days("102110", FRIDAY)
    gaps = []
    for older, newer in zip(days[-61:-1], days[-60:], strict=True):
        moved = newer.value.nav / older.value.nav
        gaps.append(log(moved) - log(newer.value.index / older.value.index))
    assert days[-1].value.tracking_error == pytest.approx(pstdev(gaps) * sqrt(245) * 100, rel=1e-6)
    assert 0.05 < days[-1].value.tracking_error < 3


def test_funds_on_one_index_see_one_index(market: Market, values: FundValues):
    now = at("10:30:00")
    by_index = {}
    for code, fund in funds().items():
        by_index.setdefault(fund.source, set()).add(round(values.now(fund, now).index, 6))
        assert values.fund(code) is fund
    assert all(len(levels) == 1 for levels in by_index.values())
    assert by_index["201"] == {float(index_at(market, "201", now).level)}


def test_at_the_close_now_is_the_day(market: Market, values: FundValues):
    for code in ("069500", "252670", "379800", "091170"):
        evening = values.now(funds()[code], at("15:31:00", FRIDAY))
        monday = values.days(code, FRIDAY.replace(day=23))[-1]
        assert evening.nav == pytest.approx(monday.value.nav)
        assert evening.price == monday.bar.close == quote_at(market, code, at("15:31:00"), "KRX").price


def test_a_share_is_no_fund_and_a_market_without_its_index_has_no_value(values: FundValues, bars_in):
    from kiwoomweb.simulator.history import read_history

    assert values.fund("005930") is None
    lines = [f"379800,2026-11-{day:02d},100,101,99,100,5000" for day in (16, 17, 18, 19, 20)]
    alone = FundValues(Market(1, read_history(bars_in(*lines))))
    fund = alone.fund("379800")
    assert fund is not None
    value = alone.now(fund, at("15:40:00"))
    assert value.nav == pytest.approx(value.price, rel=0.01)
    assert alone.fund("360750") is None
