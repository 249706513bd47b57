"""The index beside the account."""

from datetime import timedelta
from decimal import Decimal

import empyrical
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from portfolio.analytics.measures import Why
from portfolio.analytics.money.benchmark import benchmark_measures, same_flows
from portfolio.analytics.money.overall import money_measures
from portfolio.analytics.money.worth import Worth
from tests.portfolio.analytics.trades import day, trade


@pytest.mark.golden("benchmark_return", "benchmark_same_flows", "excess")
def test_every_deposit_buys_the_index() -> None:
    """Index 2,500 2,000 2,600. 1,000,000 buys 400 units; on day 2 another 500,000 buys 250: 650 * 2,600 =
    1,690,000. The index itself gained 4 %; the account grew 1,700,000/1,600,000 = 6.25 % on day 3 after
    1,600,000/1,500,000 on day 2: 1.0666667 * 1.0625 = 1.1333333: excess 13.33333 - 4 = 9.33333 %."""
    days = [Worth(day(2), 1_000_000), Worth(day(3), 1_600_000, 500_000), Worth(day(4), 1_700_000)]
    index = {day(2): Decimal(2_500), day(3): Decimal(2_000), day(4): Decimal(2_600)}
    found = {measure.key: measure for measure in benchmark_measures(days, index)}
    assert found["benchmark_return"].value == Decimal("0.04")
    assert found["benchmark_same_flows"].value == 1_690_000
    assert float(found["excess"].value) == pytest.approx(0.0933333, abs=1e-7)
    assert [value for _, value in same_flows(days, index)] == [1_000_000, 1_300_000, 1_690_000]


@pytest.mark.golden("beta", "alpha", "tracking_error")
def test_beta_alpha_and_tracking_error() -> None:
    """Index +1 %, -1 %, +3 %; account +3 %, -1 %, +7 %, exactly 1 + 2b: beta 2, intercept 1 %; a year of four
    days: alpha 4 %. Apart 2, 0, 4 %: sd 2, * sqrt 4 = 4."""
    found = measured([0.03, -0.01, 0.07], [0.01, -0.01, 0.03], year=4)
    wanted = {"beta": 2, "alpha": 0.04, "tracking_error": 0.04}
    assert {key: float(found[key].value) for key in wanted} == pytest.approx(wanted, abs=1e-5)


@pytest.mark.golden("up_capture", "down_capture")
def test_what_was_caught_of_rises_and_falls() -> None:
    """A year of two days. Rises +10 % and +10 % (21 % a year), own +10 % and 0 (10 %): 10/21 = 0.4761905.
    Fall -10 % alone: 0.9² - 1 = -19 %, own -5 %: 0.95² - 1 = -9.75 %: 0.5131579."""
    found = measured([0.1, 0.0, -0.05], [0.1, 0.1, -0.1], year=2)
    assert float(found["up_capture"].value) == pytest.approx(0.4761905, abs=1e-5)
    assert float(found["down_capture"].value) == pytest.approx(0.5131579, abs=1e-5)


SHARES = st.lists(st.tuples(st.integers(-90, 90), st.integers(-90, 90)), min_size=8, max_size=60)


@given(SHARES.filter(lambda pairs: len({b for _, b in pairs}) > 2))
def test_the_comparison_agrees_with_empyrical_and_scipy(pairs: list[tuple[int, int]]) -> None:
    own, index = (np.array(side) / 1_000 for side in zip(*pairs, strict=True))
    found = {key: measure.value for key, measure in measured(list(own), list(index), year=252).items()}
    line = stats.linregress(index, own)
    assert float(found["beta"]) == pytest.approx(empyrical.beta(own, index), abs=1e-4)
    assert float(found["alpha"]) == pytest.approx(line.intercept * 252, abs=1e-3)
    assert float(found["tracking_error"]) == pytest.approx((own - index).std(ddof=1) * 252**0.5, abs=1e-4)
    for key, side in (("up_capture", empyrical.up_capture), ("down_capture", empyrical.down_capture)):
        if found[key] is not None:
            theirs = side(own, index)
            assert float(found[key]) == pytest.approx(theirs, rel=1e-2, abs=1e-4)


def test_an_index_nobody_recorded_compares_with_nothing() -> None:
    found = benchmark_measures([Worth(day(2), 100), Worth(day(3), 101)], {})
    assert {measure.why_none for measure in found} == {Why.NO_INDEX}


def test_an_index_that_stands_still_has_no_beta() -> None:
    found = measured([0.1, 0.2], [0.0, 0.0])
    assert (found["beta"].why_none, found["up_capture"].why_none) == (Why.NO_SPREAD, Why.NO_SPREAD)


def test_all_figures_of_money_come_together() -> None:
    found = money_measures([trade(5, bought=600, sold=600)], [Worth(day(2), 400), Worth(day(3), 400)])
    assert found["turnover"].value == Decimal("1.5")
    assert found["twr"].value == 0
    assert found["beta"].why_none == Why.NO_INDEX


def measured(own: list[float], index: list[float], year: int = 245):
    """An account and an index with these daily returns, in won fine enough that rounding does not matter."""
    worth, level = [10**15], [Decimal(10**9)]
    for mine, other in zip(own, index, strict=True):
        worth.append(round(worth[-1] * (1 + mine)))
        level.append(level[-1] * (1 + Decimal(str(round(other, 6)))))
    days = [Worth(day(1) + timedelta(days=n), value) for n, value in enumerate(worth)]
    levels = {each.day: value for each, value in zip(days, level, strict=True)}
    return {measure.key: measure for measure in benchmark_measures(days, levels, year)}
