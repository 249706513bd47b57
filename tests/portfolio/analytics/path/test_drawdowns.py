"""Falls of the curve in won and of the index in percent."""

from datetime import timedelta
from decimal import Decimal

import empyrical
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.equity import equity, falls
from portfolio.analytics.measures import Why
from portfolio.analytics.path.in_percent import Return, index_falls, measures_in_percent
from portfolio.analytics.path.in_won import measures_in_won
from tests.portfolio.analytics.trades import day


def curve(*results: int):
    return [(day(number), result) for number, result in enumerate(results, 1)]


def returns(*values: float, invested: int | None = None) -> list[Return]:
    held = len(values) if invested is None else invested
    return [Return(day(1) + timedelta(days=n), value, n < held) for n, value in enumerate(values)]


@pytest.mark.golden("equity_won", "max_drawdown_won", "current_drawdown_won", "longest_drawdown")
def test_the_falls_in_won() -> None:
    """+500 -200 -200 +400 -100 +50: sums 500 300 100 500 400 450. Peak 500 on day 1; falls to 100 (-400) on
    day 3, back at 500 on day 4: 3 days. Then down to 400, now 450: -50 since day 4, 2 days so far."""
    days = curve(500, -200, -200, 400, -100, 50)
    found = {measure.key: measure for measure in measures_in_won(days)}
    assert (found["equity_won"].value, found["max_drawdown_won"].value) == (450, -400)
    assert (found["current_drawdown_won"].value, found["longest_drawdown"].value) == (-50, 3)
    first, second = falls(equity(days))
    assert (first.peak_day, first.trough_day, first.recovered_day, first.days) == (day(1), day(3), day(4), 3)
    assert (second.depth, second.peak_day, second.recovered_day, second.days) == (-100, day(4), None, 2)


@pytest.mark.golden("daily_var")
def test_the_fifth_percentile_of_days() -> None:
    """21 days of -100, -90 … +100: the 5th percentile is the second of 21: 0.05 * 20 = 1 step up: -90."""
    found = {measure.key: measure for measure in measures_in_won(curve(*range(-100, 101, 10)))}
    assert found["daily_var"].value == -90
    assert (found["daily_var"].n, found["daily_var"].enough) == (21, False)


@pytest.mark.golden("nav_index", "max_drawdown", "current_drawdown", "ulcer_index")
def test_the_falls_of_the_index() -> None:
    """+10 %, -20 %, +25 %: index 1.1, 0.88, 1.1. Fall 0.88/1.1 - 1 = -20 %, over again on day 3: now 0.
    Ulcer: sqrt((0 + 0.04 + 0)/3) = 0.1154701."""
    found = {measure.key: measure for measure in measures_in_percent(returns(0.1, -0.2, 0.25))}
    assert float(found["nav_index"].value) == pytest.approx(1.1)
    assert float(found["max_drawdown"].value) == pytest.approx(-0.2)
    assert float(found["current_drawdown"].value) == pytest.approx(0, abs=1e-12)
    assert float(found["ulcer_index"].value) == pytest.approx(0.1154701, abs=1e-7)


def test_a_fall_of_the_index_knows_its_days() -> None:
    (fall,) = index_falls(returns(0.1, -0.1, -0.1, 0.05))
    assert (fall.peak_day, fall.trough_day, fall.recovered_day, fall.days) == (day(1), day(3), None, 3)
    assert fall.trough / fall.peak - 1 == pytest.approx(-0.19)


def test_nobody_knows_the_worth_of_the_account() -> None:
    assert {measure.why_none for measure in measures_in_percent([])} == {Why.NO_CAPITAL}
    assert {measure.why_none for measure in measures_in_won([])} == {Why.NO_TRADES}


@pytest.mark.golden("volatility", "sharpe", "invested_days", "sortino", "cagr", "calmar")
def test_the_ratios_of_four_days() -> None:
    """+2 %, -1 %, 0, +1 % with N = 4: mean 0.5 %; deviations 1.5 -1.5 -0.5 0.5: sd = sqrt(5/3) = 1.290994 %;
    volatility * sqrt 4 = 2.581989 %. Sharpe 0.5/1.290994 * 2 = 0.7745967. Downside sqrt(1/4) = 0.5 %: Sortino
    0.5/0.5 * 2 = 2. Growth 1.02 * 0.99 * 1.01 = 1.019898 in a year of four days: 1.9898 %; fall 1 %: Calmar
    1.9898. Three of four days invested: 75 %."""
    days = returns(0.02, -0.01, 0.01, 0.0, invested=3)
    found = {measure.key: measure for measure in measures_in_percent(days, year=4)}
    wanted = {
        "volatility": 0.02581989,
        "sharpe": 0.7745967,
        "invested_days": 0.75,
        "sortino": 2,
        "cagr": 0.019898,
        "calmar": 1.9898,
    }
    assert {key: float(found[key].value) for key in wanted} == pytest.approx(wanted, abs=1e-6)
    assert (found["sharpe"].enough, found["calmar"].needs) == (False, 245)


def test_the_risk_free_rate_is_taken_off_by_the_day() -> None:
    """4 % a year over 4 days is 1 % a day: mean 0.5 - 1 = -0.5 %, the same spread: -0.7745967."""
    found = {
        measure.key: measure
        for measure in measures_in_percent(returns(0.02, -0.01, 0.01, 0.0), risk_free=0.04, year=4)
    }
    assert float(found["sharpe"].value) == pytest.approx(-0.7745967, abs=1e-6)


def test_a_day_that_multiplied_next_to_nothing_is_no_year() -> None:
    found = {measure.key: measure for measure in measures_in_percent(returns(99.0, -0.5))}
    assert (found["cagr"].why_none, found["calmar"].why_none) == ("", "")
    found = {measure.key: measure for measure in measures_in_percent(returns(999.0))}
    assert {found["cagr"].why_none, found["calmar"].why_none} == {Why.NO_RATE}


def test_days_that_never_lost_have_no_ratio_to_the_downside() -> None:
    found = {measure.key: measure for measure in measures_in_percent(returns(0.01, 0.01))}
    assert found["sharpe"].why_none == Why.NO_SPREAD
    assert found["sortino"].why_none == Why.NO_LOSSES
    assert found["calmar"].why_none == Why.NO_FALL


@given(st.lists(st.floats(-0.3, 0.3).map(lambda value: round(value, 6)), min_size=5, max_size=80))
def test_the_ratios_agree_with_empyrical(values: list[float]) -> None:
    array = np.array(values)
    found = {measure.key: measure.value for measure in measures_in_percent(returns(*values), year=245)}
    theirs = {
        "max_drawdown": empyrical.max_drawdown(array),
        "volatility": empyrical.annual_volatility(array, annualization=245),
        "cagr": empyrical.annual_return(array, annualization=245),
        "sharpe": empyrical.sharpe_ratio(array, annualization=245) if array.std() > 1e-9 else None,
        "sortino": empyrical.sortino_ratio(array, annualization=245) if (array < 0).any() else None,
        "calmar": empyrical.calmar_ratio(array, annualization=245) if (array < 0).any() else None,
    }
    for key, wanted in theirs.items():
        if wanted is not None:
            assert float(found[key]) == pytest.approx(wanted, rel=1e-6, abs=1e-9), key


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=28))
def test_the_var_agrees_with_numpy_and_the_deepest_fall_is_one_of_the_falls(results: list[int]) -> None:
    days = curve(*results)
    found = {measure.key: measure.value for measure in measures_in_won(days)}
    assert float(found["daily_var"]) == pytest.approx(float(np.percentile(results, 5)))
    points = equity(days)
    assert found["max_drawdown_won"] == min([Decimal(0), *(Decimal(point.drawdown) for point in points)])
    for before, after in zip(falls(points), falls(points)[1:], strict=False):
        assert before.recovered_day is not None
        assert after.peak_day is not None
        assert before.recovered_day <= after.peak_day
