"""R, SQN and the risk of ruin, by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from portfolio.analytics.edge.in_risk import r_multiple
from portfolio.analytics.edge.overall import edge_measures
from portfolio.analytics.edge.ruin import Ruin, ruined_share
from portfolio.analytics.measures import Why
from portfolio.analytics.risk import planned_risk
from portfolio.analytics.trades.costs import Rates
from tests.portfolio.analytics.trades import trade


@pytest.mark.golden("r_multiple")
def test_r_is_the_result_in_what_was_at_stake() -> None:
    """20 shares bought for 200,000, stop 9,500: (10,000 - 9,500) * 20 = 10,000 and expected costs: commission
    of 0.015 % on 200,000 and on 190,000 is 30 + 28.5 -> 20, tax 0.2 % of 190,000 = 380: 10,430 at risk. Net
    15,645: 1.5 R."""
    risk = planned_risk(200_000, 20, 20, Decimal(9_500), Rates(Fraction(15, 100_000), Fraction(2, 1_000)))
    assert risk == 10_430
    assert r_multiple(trade(15_645, 7, risk=risk)).value == Decimal("1.5")
    assert r_multiple(trade(15_645, 7)).why_none == Why.NO_RISK


@pytest.mark.golden("expectancy_r", "total_r", "sqn")
def test_expectancy_and_quality_in_r() -> None:
    """R: 2, -1, 0.5, -1, 2 (risk 100): sum 2.5, mean 0.5; deviations 1.5, -1.5, 0, -1.5, 1.5: sd =
    sqrt(9/4) = 1.5; SQN = sqrt 5 * 0.5 / 1.5 = 0.745356. The trade without a stop is left out."""
    nets = (200, -100, 50, -100, 200)
    found = edge_measures([trade(net, key, risk=100) for key, net in enumerate(nets, 1)] + [trade(9_999, 6)])
    assert (found["total_r"].value, found["expectancy_r"].value) == (Decimal("2.5"), Decimal("0.5"))
    assert float(found["sqn"].value) == pytest.approx(0.7453560, abs=1e-7)
    assert (found["sqn"].n, found["sqn"].enough, found["sqn"].rows) == (5, False, (1, 2, 3, 4, 5))


@pytest.mark.golden("risk_of_ruin")
def test_ruin_of_a_coin_is_what_counting_says() -> None:
    """R is +1 or -1 with equal chance, 10 % at stake, three trades, ruin at a fall of 19 %. Two losses in a row
    fall by 1 - 0.9² = 19 %: of the eight paths LLL, LLW and WLL do; LWL falls by 1 - 0.9 * 1.1 * 0.9 = 10.9 %
    only (from 1 to 0.891). 3/8 = 0.375; 40,000 paths find it within 0.01."""
    coin = Ruin(risk=0.1, depth=0.19, trades=3, paths=40_000)
    assert ruined_share([1.0, -1.0], coin) == pytest.approx(0.375, abs=0.01)
    found = edge_measures([trade(100, 1, risk=100), trade(-100, 2, risk=100)], ruin=coin)["risk_of_ruin"]
    assert float(found.value) == pytest.approx(0.375, abs=0.01)
    assert found.low < found.value < found.high


def test_certain_losers_are_ruined_and_certain_winners_are_not() -> None:
    assert ruined_share([-1.0], Ruin(risk=0.01, depth=0.2, trades=100, paths=50)) == 1
    assert ruined_share([0.5], Ruin(paths=50)) == 0


def test_a_loss_of_everything_ends_a_path() -> None:
    assert ruined_share([-3.0, -3.0], Ruin(risk=0.5, depth=0.99, trades=2, paths=10)) == 1
