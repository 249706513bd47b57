"""What trading costs, and what would be left."""

from decimal import Decimal
from fractions import Fraction

import pytest

from portfolio.analytics.measures import Why
from portfolio.analytics.money.costs import break_even_move, cost_measures, turnover
from portfolio.analytics.money.liquidation import Held, liquidation_value
from portfolio.analytics.trades.costs import Rates
from tests.portfolio.analytics.trades import trade


@pytest.mark.golden("cost_drag", "cost_to_profit", "cost_to_turnover", "cost_per_trade")
def test_the_drag_of_costs() -> None:
    """Costs 300 + 200 + 100 = 600 over gross 2,000 - 500 + 0 = 1,500: 40 %. The amounts of the third are
    unknown: 500 over 100,000 + 102,000 + 24,000 + 24,000 = 250,000: 0.2 %. 600/3 = 200 a trade."""
    ran = [
        trade(1_700, 1, costs=300, bought=100_000, sold=102_000),
        trade(-700, 2, costs=200, bought=24_000, sold=24_000),
        trade(-100, 3, costs=100),
    ]
    found = {measure.key: measure for measure in cost_measures(ran)}
    assert (found["cost_drag"].value, found["cost_to_profit"].value) == (600, Decimal("0.4"))
    assert (found["cost_to_turnover"].value, found["cost_to_turnover"].rows) == (Decimal("0.002"), (1, 2))
    assert found["cost_per_trade"].value == 200


def test_costs_without_profit_are_no_share_of_it() -> None:
    found = {measure.key: measure for measure in cost_measures([trade(-500, costs=100)])}
    assert found["cost_to_profit"].why_none == Why.NO_PROFIT
    assert found["cost_to_turnover"].why_none == Why.NO_COST
    assert cost_measures([])[0].why_none == Why.NO_TRADES


@pytest.mark.golden("break_even_move")
def test_the_move_that_pays_for_a_round_trip() -> None:
    """2026: 2 * 0.015 % + 0.20 % = 0.23 %."""
    assert break_even_move(Decimal("0.00015"), Decimal("0.002")).value == Decimal("0.0023")


@pytest.mark.golden("turnover")
def test_how_often_the_money_was_turned_over() -> None:
    """Bought and sold 3,000,000 in all, half 1,500,000; mean NAV (900,000 + 1,100,000)/2 = 1,000,000: 1.5."""
    assert turnover(3_000_000, [900_000, 1_100_000]).value == Decimal("1.5")
    assert turnover(3_000_000, []).why_none == Why.NO_CAPITAL


@pytest.mark.golden("liquidation_value")
def test_what_would_be_left() -> None:
    """10 * 7,277 = 72,770: fee 0.015 % is 10.9 -> 10, tax 0.2 % is 145.5 -> 145: 72,615. 1 * 1,000: fee 0, tax
    2: 998. Cash 500,000, loan 30,000: 72,615 + 998 + 500,000 - 30,000 = 543,613."""
    rates = Rates(Fraction(15, 100_000), Fraction(2, 1_000))
    found = liquidation_value([Held(10, 7_277, rates), Held(1, 1_000, rates)], 500_000, 30_000)
    assert found.value == 543_613
