"""How steadily it was earned, by hand and against scipy."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from portfolio.analytics.edge.overall import edge_measures
from portfolio.analytics.edge.sample import sample
from portfolio.analytics.edge.steadiness import k_ratio
from portfolio.analytics.measures import Why
from tests.portfolio.analytics.trades import trade, trades, trades_by_day


@pytest.mark.golden("k_ratio")
def test_the_k_ratio_is_the_slope_over_its_error() -> None:
    """Sums of 1, 2, 0, 3 are 1, 3, 3, 6 on 1, 2, 3, 4. Means 3.25 and 2.5; Sxx = 5; Sxy = (-1.5)(-2.25) +
    (-0.5)(-0.25) + 0.5(-0.25) + 1.5 * 2.75 = 7.5; b = 1.5. The line runs 1, 2.5, 4, 5.5; left over are
    0 + 0.25 + 1 + 0.25 = 1.5; SE = sqrt(1.5/2/5) = 0.3872983; 1.5/0.3872983 = 3.8729833."""
    assert float(edge_measures(trades(1, 2, 0, 3))["k_ratio"].value) == pytest.approx(3.8729833, abs=1e-7)


def test_a_straight_line_has_no_error_to_divide_by() -> None:
    assert edge_measures(trades(5, 5, 5, 5))["k_ratio"].why_none == Why.NO_SPREAD
    assert edge_measures(trades(5, 5))["k_ratio"].why_none == Why.TOO_FEW


@given(st.lists(st.integers(-(10**6), 10**6), min_size=4, max_size=50))
def test_the_k_ratio_agrees_with_scipys_regression(nets: list[int]) -> None:
    found = k_ratio(sample(trades(*nets)))
    sums = [sum(nets[: end + 1]) for end in range(len(nets))]
    line = stats.linregress(range(1, len(nets) + 1), sums)
    if found.value is not None and line.stderr > 1e-6 * (abs(line.slope) + 1):
        assert float(found.value) == pytest.approx(line.slope / line.stderr, rel=1e-5, abs=1e-9)


@pytest.mark.golden("recovery_factor")
def test_what_was_won_against_the_deepest_fall() -> None:
    """By day +500, -300, -100, +700: peak 500, low 100, deepest fall 400; net 800; 800/400 = 2."""
    assert edge_measures(trades_by_day(500, -300, -100, 700))["recovery_factor"].value == 2
    assert edge_measures(trades_by_day(500, 100))["recovery_factor"].why_none == Why.NO_FALL


@pytest.mark.golden("largest_day_share")
def test_the_share_of_the_best_day() -> None:
    """Two trades of +200 and +100 on one day (300), -100 and +300 on others: 300 of a total of 500; the best is
    the earlier 300, whose rows are 1 and 2."""
    days = [trade(200, 1), trade(100, 2), *trades_by_day(0, 0, -100, 300)[2:]]
    found = edge_measures(days)["largest_day_share"]
    assert (found.value, found.n, found.rows) == (Decimal("0.6"), 3, (1, 2))


@pytest.mark.golden("top_share")
def test_the_share_of_the_best_five_percent() -> None:
    """30 trades: 5 % is 1.5, rounded up 2. Best 500 and 300; the other 28 bring 200 in all: 800/1,000."""
    found = edge_measures(trades(500, 300, *[10] * 24, *[-10] * 4))["top_share"]
    assert (found.value, found.rows) == (Decimal("0.8"), (1, 2))


def test_without_profit_there_is_no_share_of_it() -> None:
    found = edge_measures(trades(-500, 300))
    assert {found[key].why_none for key in ("top_share", "largest_day_share")} == {Why.NO_PROFIT}
