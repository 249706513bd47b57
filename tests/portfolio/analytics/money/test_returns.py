"""Returns with deposits kept apart."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from portfolio.analytics.measures import Why
from portfolio.analytics.money.returns import (
    contributions,
    modified_dietz,
    money_weighted,
    simple_return,
    time_weighted,
)
from portfolio.analytics.money.rooting import Flow, internal_rate
from portfolio.analytics.money.worth import Worth, daily_returns
from tests.portfolio.analytics.trades import day, trade


@pytest.mark.golden("twr")
def test_a_deposit_is_no_profit() -> None:
    """100 grows to 110 (+10 %). 90 is paid in: 200 at work fall to 190 (-5 %). 50 is paid out of 209: 209/190
    = 1.1 (+10 %). 1.1 * 0.95 * 1.1 - 1 = 14.95 %."""
    days = [Worth(day(1), 100), Worth(day(2), 110), Worth(day(3), 190, 90), Worth(day(4), 159, 0, 50)]
    assert [round(growth, 12) for _, growth in daily_returns(days)] == [0.1, -0.05, 0.1]
    assert float(time_weighted(days).value) == pytest.approx(0.1495)


@pytest.mark.golden("modified_dietz")
def test_modified_dietz_weighs_flows_by_the_days_left() -> None:
    """30 days from 1,000 to 1,250 with +200 on day 10 and -50 on day 25. Gain 1,250 - 1,000 - 150 = 100; base
    1,000 + 200 * 20/30 - 50 * 5/30 = 1,125: 100/1,125 = 0.088889."""
    first = date(2026, 11, 1)
    days = [
        Worth(first, 1_000),
        Worth(first + timedelta(days=10), 1_210, 200),
        Worth(first + timedelta(days=25), 1_190, 0, 50),
        Worth(first + timedelta(days=30), 1_250),
    ]
    assert modified_dietz(days).value == Decimal(100) / 1_125


@pytest.mark.golden("mwr")
def test_the_money_weighted_return_is_the_rate_deposits_grew_at() -> None:
    """1,000 for two years and 1,000 more for the second, worth 2,310: 1,000 x² + 1,000 x = 2,310 with
    x = (-1 + sqrt(1 + 4 * 2.31))/2 = (-1 + 3.2)/2 = 1.1: 10 % a year."""
    first = date(2025, 1, 1)
    days = [
        Worth(first, 1_000),
        Worth(first + timedelta(days=365), 2_000, 1_000),
        Worth(first + timedelta(days=730), 2_310),
    ]
    assert float(money_weighted(days).value) == pytest.approx(0.1, abs=1e-12)


def test_time_and_money_weighted_differ_when_money_comes_late() -> None:
    """+50 % on little money, then -20 % on much: the trader gained 20 %, the money lost."""
    days = [Worth(day(1), 100), Worth(day(2), 150), Worth(day(3), 1_150, 1_000), Worth(day(4), 920)]
    assert float(time_weighted(days).value) == pytest.approx(0.2)
    assert float(money_weighted(days).value) < 0


def test_no_rate_solves_money_that_only_went_in() -> None:
    assert internal_rate([Flow(day(1), -100), Flow(day(5), -100)]) is None
    assert internal_rate([Flow(day(1), -100), Flow(day(1), 100)]) is None
    assert money_weighted([Worth(day(1), 100), Worth(day(3), 0)]).why_none == Why.NO_RATE
    assert money_weighted([Worth(day(1), 100)]).why_none == Why.NO_CAPITAL


def test_one_good_day_is_a_fabulous_year_and_still_found() -> None:
    """1 % in a day is 1.01^365 - 1 = 36.783 a year."""
    assert internal_rate([Flow(day(1), -100), Flow(day(2), 101)]) == pytest.approx(1.01**365 - 1, rel=1e-9)


def test_a_rate_nobody_could_read_is_none() -> None:
    """5 % in a day is 1.05^365 = 54,211,841 a year."""
    assert internal_rate([Flow(day(1), -100), Flow(day(2), 105)]) is None


@given(
    st.lists(st.tuples(st.integers(1, 1_500), st.integers(1, 10**9)), min_size=1, max_size=12),
    st.floats(-0.9, 5),
)
def test_the_rate_is_found_again_from_what_it_made(deposits: list[tuple[int, int]], rate: float) -> None:
    """Deposits only, grown at a known rate: one sign change, so one root; scipy's brentq finds the same."""
    start, end = date(2020, 1, 1), date(2024, 6, 1)
    paid = [Flow(start + timedelta(days=on), -amount) for on, amount in deposits]
    worth = sum(-flow.amount * (1 + rate) ** ((end - flow.day).days / 365) for flow in paid)
    flows = [*paid, Flow(end, round(worth * 1_000))]
    scaled = [Flow(flow.day, flow.amount * 1_000) for flow in paid] + [flows[-1]]
    if not flows[-1].amount:
        return
    found = internal_rate(scaled)
    first = min(flow.day for flow in scaled)

    def value(r: float) -> float:
        return sum(flow.amount / (1 + r) ** ((flow.day - first).days / 365) for flow in scaled)

    assert found == pytest.approx(optimize.brentq(value, -0.99999, 1e6, xtol=1e-12), rel=1e-6, abs=1e-8)


@pytest.mark.golden("simple_return")
def test_on_the_money_invested() -> None:
    """50 net on 800, 0 and 1,200 invested: average 2,000/3; 50/(2,000/3) = 7.5 %."""
    assert simple_return(50, [800, 0, 1_200]).value == Decimal("0.075")
    assert simple_return(50, [0, 0]).why_none == Why.NO_CAPITAL


@pytest.mark.golden("contribution")
def test_the_contribution_of_each_trade() -> None:
    """Mean NAV (900 + 1,100)/2 = 1,000: +20 is 2 %, -5 is -0.5 %."""
    days = [Worth(day(1), 900), Worth(day(2), 1_100)]
    found = contributions([trade(20, 1), trade(-5, 2)], days)
    assert [measure.value for measure in found] == [Decimal("0.02"), Decimal("-0.005")]
    assert contributions([trade(20)], [])[0].why_none == Why.NO_CAPITAL


@given(st.lists(st.floats(-0.2, 0.2), min_size=1, max_size=60))
def test_without_flows_the_time_weighted_return_is_the_growth(growths: list[float]) -> None:
    values = np.cumprod([1, *(1 + growth for growth in growths)]) * 10**12
    days = [Worth(day(1) + timedelta(days=n), round(value)) for n, value in enumerate(values)]
    assert float(time_weighted(days).value) == pytest.approx(values[-1] / values[0] - 1, abs=1e-9)
