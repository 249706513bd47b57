"""The cost arithmetic, held against the broker's own sample figures (PROTOCOL 6.1)."""

from datetime import date
from fractions import Fraction

import pytest

from kiwoomweb.simulator.costs import MOCK, REAL, Costs, tax_rate
from kiwoomweb.simulator.tallies import Tally

#: The rate every official ka10072-77 sample fits.
SAMPLE = Costs(Fraction(2, 1_000))


@pytest.mark.parametrize(("amount", "commission"), [(373_500, 50), (1_673_430, 250), (177_000, 20)])
def test_real_commission_is_cut_to_ten_won(amount, commission):
    assert REAL.commission(amount) == commission


@pytest.mark.parametrize(
    ("amount", "commission"), [(250_250, 870), (260_000, 910), (727_725, 2_540), (645_000, 2_250)]
)
def test_mock_commission_is_cut_to_ten_won(amount, commission):
    assert MOCK.commission(amount) == commission


@pytest.mark.parametrize(
    ("settled", "thousandths"),
    [
        (date(2023, 6, 1), 2.0),
        (date(2024, 6, 3), 1.8),
        (date(2025, 1, 2), 1.5),
        (date(2025, 12, 30), 1.5),
        (date(2026, 1, 2), 2.0),
    ],
)
def test_the_tax_rate_is_that_of_the_settlement_day(settled, thousandths):
    assert float(tax_rate("KOSPI", settled)) * 1_000 == pytest.approx(thousandths)
    assert tax_rate("KOSDAQ", settled) == tax_rate("KOSPI", settled)


def test_a_sale_of_late_december_is_taxed_by_the_new_year():
    """The cut of 2025 reached sales from 2024-12-27 on, because they settled in January."""
    assert tax_rate("KOSPI", date(2024, 12, 30)) > tax_rate("KOSPI", date(2025, 1, 2))


def test_funds_pay_no_tax_and_konex_half():
    assert REAL.tax(10_000_000, "ETF", date(2026, 11, 24)) == 0
    assert REAL.tax(10_000_000, "KONEX", date(2026, 11, 24)) == 10_000


def test_the_official_day_of_three_sales_adds_up_as_the_broker_printed_it():
    """Three sales of 158,200 that had cost 97,602.957… each: ka10077 rows, ka10074 day (PROTOCOL 6.1-6)."""
    cost = Fraction(29_280_887, 100)
    rows_commission = SAMPLE.commission(158_200) + SAMPLE.commission(cost / 3)
    row = 158_200 - cost / 3 - rows_commission - SAMPLE.tax(158_200, "KOSPI", date(2024, 11, 8))
    day = Tally(SAMPLE, sold_quantity=3, sold=474_600, cost=cost, tax=3 * 284)
    assert rows_commission == 310 + 190
    assert int(3 * row) == 179_439
    assert day.sell_commission == 940
    assert day.realised == 179_419
