"""The shape of results, and how much hangs on few holdings."""

from decimal import Decimal

import empyrical
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from portfolio.analytics.measures import Why
from portfolio.analytics.path.distribution import distribution_measures
from portfolio.analytics.path.exposure import Stake, exposure_measures, sector_shares
from tests.portfolio.analytics.trades import trade


def percents(*values: float):
    return [trade(round(value * 10_000), key, cost=1_000_000) for key, value in enumerate(values, 1)]


@pytest.mark.golden("skew")
def test_skew_is_the_third_moment() -> None:
    """0, 0, 0, 4 %: mean 1; deviations -1 -1 -1 3: m2 = 12/4 = 3, m3 = (27 - 3)/4 = 6; 6/3^1.5 = 1.154701."""
    found = {measure.key: measure for measure in distribution_measures(percents(0, 0, 0, 4))}
    assert float(found["skew"].value) == pytest.approx(1.154701, abs=1e-6)


@pytest.mark.golden("tail_ratio")
def test_the_tail_ratio_weighs_good_ends_against_bad() -> None:
    """21 results -10 … +30 in steps of 2: p5 is the second, -8; p95 the 20th, 28: 28/8 = 3.5."""
    found = {measure.key: measure for measure in distribution_measures(percents(*range(-10, 31, 2)))}
    assert float(found["tail_ratio"].value) == pytest.approx(3.5)


def test_equal_results_have_no_skew() -> None:
    found = {measure.key: measure for measure in distribution_measures(percents(0.1, 0.1, 0.1))}
    assert found["skew"].why_none == Why.NO_SPREAD
    assert distribution_measures([])[0].why_none == Why.NO_COST


@given(
    st.lists(st.integers(-3_000, 3_000), min_size=3, max_size=60).filter(lambda values: len(set(values)) > 2)
)
def test_skew_and_tails_agree_with_scipy_and_empyrical(values: list[int]) -> None:
    found = {
        measure.key: measure.value for measure in distribution_measures(percents(*(v / 100 for v in values)))
    }
    shares = np.array(values) / 10_000
    assert float(found["skew"]) == pytest.approx(stats.skew(shares), rel=1e-6, abs=1e-9)
    if found["tail_ratio"] is not None:
        assert float(found["tail_ratio"]) == pytest.approx(empyrical.tail_ratio(shares), rel=1e-9)


@pytest.mark.golden("exposure", "sector_exposure", "top_1", "top_3", "top_5")
def test_exposure_and_concentration() -> None:
    """Holdings 300 (chips), 200 (chips), 250 (banks), 150 (unknown), 50, 50 (banks): invested 1,000 of a NAV of
    2,000: 50 %. Chips 500/2,000 = 25 %. Largest 300 = 30 %; 300 + 250 + 200 = 75 %; + 150 + 50 = 95 %."""
    stakes = [
        Stake("a", 300, "chips"),
        Stake("b", 200, "chips"),
        Stake("c", 250, "banks"),
        Stake("d", 150),
        Stake("e", 50, "banks"),
        Stake("f", 50, "banks"),
    ]
    found = {measure.key: measure.value for measure in exposure_measures(stakes, 2_000)}
    assert found == {
        "exposure": Decimal("0.5"),
        "sector_exposure": Decimal("0.25"),
        "top_1": Decimal("0.3"),
        "top_3": Decimal("0.75"),
        "top_5": Decimal("0.95"),
    }
    assert list(sector_shares(stakes, 2_000)) == ["chips", "banks", ""]


def test_without_a_worth_there_is_no_exposure() -> None:
    found = {measure.key: measure for measure in exposure_measures([Stake("a", 100)], None)}
    assert (found["exposure"].why_none, found["top_1"].value) == (Why.NO_CAPITAL, 1)
