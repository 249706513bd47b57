"""Selling everything now: the broker's own figures come out again, and a browser would say the same."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from portfolio.analytics.liquidation import Terms, Worth, liquidate, terms, together
from portfolio.analytics.trades.costs import Rates

CASES = json.loads(Path(__file__).with_name("liquidation.json").read_text())
USUAL = Rates(Fraction(15, 100_000), Fraction(200, 100_000))


def test_the_mock_hosts_own_row_comes_out_to_the_won():
    """250,250 bought, 260,000 now at 0.35 %: 870 + 910 commission, 520 tax (PROTOCOL 6.1-3)."""
    held = terms((1, 250_250), (260_000, 1_780, 520), Rates(Fraction(350, 100_000), Fraction(200, 100_000)))

    assert held.bought == 870
    assert liquidate(held, 260_000).profit == 7_450


def test_a_lot_teaches_what_the_account_did_not_show_yet():
    other_rate = terms((10, 700_000), (720_000, 4_950, 1_440), USUAL)
    fund = terms((10, 100_000), (110_000, 20, 0), USUAL)

    assert liquidate(other_rate, 72_000).profit == 720_000 - 700_000 - 4_950 - 1_440
    assert (fund.tax, liquidate(fund, 11_000).profit) == (0, 9_980)


def test_a_loan_is_repaid_before_anything_reaches_the_account():
    held = Terms(10, 700_000, 100, 420_000, 15, 200)

    worth = liquidate(held, 72_000)

    assert worth.proceeds == 720_000 - 100 - 1_440 - 420_000
    assert worth.profit == 720_000 - 100 - 1_440 - 100 - 700_000, "a loan is no cost"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["worth"]))
def test_the_table_holds(case):
    assert liquidate(Terms(**case["terms"]), case["price"]) == Worth(**case["worth"])


def test_totals_are_sums_and_nothing_costs_nothing():
    some = [liquidate(Terms(**case["terms"]), case["price"]) for case in CASES]

    assert together(some).proceeds == sum(worth.proceeds for worth in some)
    assert together([]).rate is None
