"""Luck, Kelly and the bootstrap, by hand and against scipy."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from portfolio.analytics.edge.overall import edge_measures
from portfolio.analytics.edge.resampling import DRAWN_SINGLY, resample, resampled_sums
from portfolio.analytics.edge.sample import sample
from portfolio.analytics.edge.student import upper_tail
from portfolio.analytics.edge.words import luck_word, sqn_word
from portfolio.analytics.intervals import wilson
from portfolio.analytics.measures import Measure, Unit, Why
from tests.portfolio.analytics.trades import trades


@pytest.mark.golden("t_value", "luck")
def test_could_it_be_luck() -> None:
    """100, 200, 300: mean 200, sd 100, t = 200 / (100/sqrt 3) = 3.4641. With 2 degrees P(T >= t) =
    1/2 - t / (2 sqrt(2 + t²)) = 0.5 - 3.4641 / (2 * 3.74166) = 0.037090."""
    found = edge_measures(trades(100, 200, 300))
    assert float(found["t_value"].value) == pytest.approx(3.464102, abs=1e-6)
    assert float(found["luck"].value) == pytest.approx(0.0370900, abs=1e-6)


def test_one_trade_or_equal_trades_prove_nothing() -> None:
    assert edge_measures(trades(100))["luck"].why_none == Why.TOO_FEW
    assert edge_measures(trades(100, 100))["luck"].why_none == Why.NO_SPREAD


@given(st.floats(-60, 60) | st.sampled_from((-1e9, 1e9)), st.integers(1, 200_000))
def test_students_tail_agrees_with_scipy(t: float, degrees: int) -> None:
    assert upper_tail(t, degrees) == pytest.approx(stats.t.sf(t, degrees), rel=1e-8, abs=1e-14)


@given(st.lists(st.integers(-(10**7), 10**7), min_size=3, max_size=60).filter(lambda nets: len(set(nets)) > 1))
def test_the_t_test_agrees_with_scipy(nets: list[int]) -> None:
    found = luck_of(nets)
    theirs = stats.ttest_1samp(nets, 0, alternative="greater")
    assert float(found[0].value) == pytest.approx(theirs.statistic, rel=1e-9, abs=1e-12)
    assert float(found[1].value) == pytest.approx(theirs.pvalue, rel=1e-7, abs=1e-12)


def luck_of(nets: list[int]):
    from portfolio.analytics.edge.chance import luck

    return luck(sample(trades(*nets)))


@given(st.integers(1, 2_000), st.data())
def test_wilson_agrees_with_scipy(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    theirs = stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert wilson(hits, n) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@pytest.mark.golden("kelly", "half_kelly")
def test_kelly_of_a_clear_edge() -> None:
    """60 wins of 200 and 40 losses of 100: p = 0.6, payoff 2: 0.6 - 0.4/2 = 0.4; half 0.2."""
    found = edge_measures(trades(*[200] * 60, *[-100] * 40))
    assert (found["kelly"].value, found["half_kelly"].value) == (Decimal("0.4"), Decimal("0.2"))
    assert 0 < found["kelly"].low < Decimal("0.4") < found["kelly"].high


def test_kelly_is_hidden_while_its_interval_spans_zero() -> None:
    found = edge_measures(trades(*[110] * 11, *[-100] * 10))["kelly"]
    assert (found.value, found.why_none) == (None, Why.SPANS_ZERO)
    assert found.low < 0 < found.high


def test_a_losing_record_shows_its_negative_kelly() -> None:
    """10 wins of 100, 90 losses of 100: 0.1 - 0.9 = -0.8."""
    found = edge_measures(trades(*[100] * 10, *[-100] * 90))["kelly"]
    assert found.value == Decimal("-0.8")
    assert found.high < 0


def test_the_bootstrap_agrees_with_scipy() -> None:
    """Same method, other draws: the ends differ by far less than the width of the interval."""
    rng = np.random.default_rng(7)
    nets = [int(net) for net in rng.normal(500, 10_000, 200)]
    found = edge_measures(trades(*nets))["expectancy_won"]
    theirs = stats.bootstrap((nets,), np.mean, n_resamples=10_000, method="percentile", rng=rng)
    width = theirs.confidence_interval.high - theirs.confidence_interval.low
    assert float(found.low) == pytest.approx(theirs.confidence_interval.low, abs=0.05 * width)
    assert float(found.high) == pytest.approx(theirs.confidence_interval.high, abs=0.05 * width)


def test_many_values_drawn_by_strata_are_spread_as_those_drawn_singly() -> None:
    """Heavy tails on purpose: one trade in a hundred is fifty times the others."""
    rng = np.random.default_rng(11)
    values = rng.normal(0, 1_000, DRAWN_SINGLY + 500)
    values[::100] *= 50
    counts = np.full(4_000, len(values))
    by_strata = resampled_sums(list(values), counts, rng) / len(values)
    singly = np.array([values[rng.integers(0, len(values), len(values))].mean() for _ in range(4_000)])
    for end in (2.5, 50, 97.5):
        assert np.percentile(by_strata, end) == pytest.approx(
            np.percentile(singly, end), abs=0.15 * singly.std()
        )
    assert by_strata.std() == pytest.approx(singly.std(), rel=0.05)


def test_the_resamples_are_the_same_every_time() -> None:
    of = sample(trades(5, -3, 8, 0, 2))
    assert np.array_equal(resample(of, 100).mean, resample(of, 100).mean)


def test_words_for_luck_and_quality_need_enough_trades() -> None:
    few = Measure("luck", Decimal("0.001"), 5, Unit.RATIO, needs=30)
    assert luck_word(few)[1] == "too few samples"
    words = [luck_word(Measure("luck", Decimal(p), 30, Unit.RATIO))[1] for p in ("0.009", "0.2", "0.9")]
    assert words == ["very unlikely to be luck", "may be luck", "leaning to a loss"]
    bands = [sqn_word(Measure("sqn", Decimal(q), 30, Unit.NUMBER))[1] for q in ("7", "2.4", "1.6", "1.5")]
    assert bands == ["suspiciously good", "average", "poor", "no edge to speak of"]
