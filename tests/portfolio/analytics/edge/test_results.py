"""Win rates, averages, payoff and expectancy, computed by hand on ten trades.

The ten: +300 +100 +200 +400 +500 (5 wins, 1,500), -100 -250 -150 (3 losses, -500), and two even ones, +20 and
-10 with costs of 30 (sum +10). Net of all: 1,010.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.edge.overall import edge_measures, quick_measures
from portfolio.analytics.measures import Why
from portfolio.analytics.outcomes import Outcome
from tests.portfolio.analytics.trades import trade, trades

WINS, LOSSES = (300, 100, 200, 400, 500), (-100, -250, -150)


def ten() -> list[Outcome]:
    even = [trade(20, 9, costs=30), trade(-10, 10, costs=30)]
    return [*trades(*WINS, *LOSSES), *even]


@pytest.mark.golden("win_rate", "decisive_win_rate")
def test_win_rates_with_and_without_breakeven() -> None:
    """5/10 and 5/8. Wilson of 5/10, z = 1.96: z² = 3.8415; middle 0.5 + 3.8415/20 = 0.69207; width
    1.96 * sqrt(0.025 + 3.8415/400) = 1.96 * 0.186022 = 0.364597; over 1 + 0.38415: 0.236593 and 0.763407."""
    found = edge_measures(ten())
    rate = found["win_rate"]
    assert (rate.value, rate.n, rate.rows) == (Decimal("0.5"), 10, (1, 2, 3, 4, 5))
    assert float(rate.low) == pytest.approx(0.236593, abs=1e-6)
    assert float(rate.high) == pytest.approx(0.763407, abs=1e-6)
    assert (found["decisive_win_rate"].value, found["decisive_win_rate"].n) == (Decimal("0.625"), 8)


@pytest.mark.golden("average_win", "average_loss", "median_win", "median_loss")
def test_averages_and_medians() -> None:
    """1,500/5 = 300; -500/3; the middle of 100 200 300 400 500 is 300, of -250 -150 -100 it is -150."""
    found = edge_measures(ten())
    assert (found["average_win"].value, found["median_win"].value) == (300, 300)
    assert (found["average_loss"].value, found["median_loss"].value) == (Decimal(-500) / 3, -150)
    assert found["average_loss"].rows == (6, 7, 8)


@pytest.mark.golden("payoff", "break_even_win_rate", "profit_factor", "expectancy_ratio")
def test_payoff_and_what_follows_from_it() -> None:
    """Payoff 300 / (500/3) = 1.8; break-even rate 1/2.8; profit factor 1,500/500 = 3; expectancy ratio
    2.8 * 0.625 - 1 = 0.75, which is the decided trades' (1,500 - 500)/8 = 125 over 166.67."""
    found = edge_measures(ten())
    assert found["payoff"].value == Decimal("1.8")
    assert found["break_even_win_rate"].value == 1 / Decimal("2.8")
    assert found["profit_factor"].value == 3
    assert found["expectancy_ratio"].value == Decimal("0.75")


@pytest.mark.golden("expectancy_won", "expectancy_percent")
def test_what_a_trade_brings_on_average() -> None:
    """1,010/10 = 101 won. In percent of 매입금액: 100/10,000 = 1 % and -60/2,000 = -3 %: mean -1 %."""
    assert edge_measures(ten())["expectancy_won"].value == 101
    found = edge_measures([trade(100, 1, cost=10_000), trade(-60, 2, cost=2_000), trade(5, 3, cost=0)])
    percent = found["expectancy_percent"]
    assert (percent.value, percent.n, percent.rows) == (Decimal("-0.01"), 2, (1, 2))


def test_the_interval_of_the_expectancy_is_drawn_and_repeatable() -> None:
    first, again = edge_measures(ten())["expectancy_won"], edge_measures(ten())["expectancy_won"]
    assert first == again
    assert first.low < first.value < first.high


def test_without_losses_the_profit_factor_is_endless_not_999() -> None:
    found = edge_measures(trades(100, 200))
    keys = ("profit_factor", "payoff", "break_even_win_rate", "average_loss", "expectancy_ratio", "kelly")
    assert {found[key].why_none for key in keys} == {Why.NO_LOSSES}


def test_without_wins_the_profit_factor_is_zero() -> None:
    found = edge_measures(trades(-100, -200))
    assert found["profit_factor"].value == 0
    assert found["payoff"].why_none == Why.NO_WINS


def test_nobody_traded_yet() -> None:
    found = edge_measures([])
    assert all(measure.value is None and measure.why_none for measure in found.values())


def test_few_trades_are_shown_but_not_boasted_with() -> None:
    rate = edge_measures(ten())["win_rate"]
    assert (rate.needs, rate.enough) == (20, False)
    assert edge_measures(ten() + ten())["win_rate"].enough


def test_the_quick_figures_are_the_same_ones() -> None:
    whole = edge_measures(ten())
    for key, measure in quick_measures(ten()).items():
        assert (measure.value, measure.n, measure.rows) == (whole[key].value, whole[key].n, whole[key].rows)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40))
def test_expectancy_is_what_wins_bring_less_what_losses_cost(nets: list[int]) -> None:
    """mean = p * avgWin - q * |avgLoss|, here without costs, so that only 0 is even."""
    found = quick_measures(trades(*nets))
    n, wins, losses = len(nets), sum(net > 0 for net in nets), sum(net < 0 for net in nets)
    gain = Decimal(wins) / n * (found["average_win"].value or 0)
    loss = Decimal(losses) / n * -(found["average_loss"].value or 0)
    assert float(found["expectancy_won"].value) == pytest.approx(float(gain - loss), abs=1e-6)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=40))
def test_the_expectancy_ratio_is_the_expectancy_over_the_average_loss(nets: list[int]) -> None:
    decided = [net for net in nets if net]
    found = ratio_of(nets)
    if found.value is None:
        assert all(net > 0 for net in decided) or all(net < 0 for net in decided)
        return
    losses = [net for net in decided if net < 0]
    mean_loss = -sum(losses) / len(losses)
    assert float(found.value) == pytest.approx(sum(decided) / len(decided) / mean_loss, abs=1e-9)


def ratio_of(nets: list[int]):
    from portfolio.analytics.edge.amounts import expectancy_ratio
    from portfolio.analytics.edge.sample import sample

    return expectancy_ratio(sample(trades(*nets)))
