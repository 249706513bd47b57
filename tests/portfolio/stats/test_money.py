"""비용과 수익률: deposits are no profit, unknown flows are said, the index bought with the same money."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from portfolio.models import CashFlow, DayWorth
from portfolio.presenting.stats import capital
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.capital import Money
from portfolio.presenting.stats.measured import Facts, measures_of
from portfolio.selectors.capital import capital_of
from tests.portfolio.stats.making import MONDAY, trades

DAYS = [MONDAY + timedelta(days=day) for day in range(4)]
INDEX = {day: Decimal(level) for day, level in zip(DAYS, (100, 110, 110, 121), strict=True)}


def worth(account, day: date, value: int, cash: int = 0) -> None:
    rest = dict.fromkeys(("collateral_loan", "credit_loan", "short_collateral", "substitute"), 0)
    DayWorth.objects.create(
        account=account,
        day=day,
        recorded_at=timezone.now(),
        deposit=cash,
        estimated_assets=value,
        without_funds=value,
        **rest,
    )


def flow(account, day: date, amount: int | None, kind: str = "deposit", number: str = "1") -> None:
    zero = dict.fromkeys(("quantity", "unit_price", "commission", "tax", "interest", "principal", "balance"), 0)
    CashFlow.objects.create(
        account=account,
        day=day,
        settled_on=day,
        recorded_at=timezone.now(),
        number=number,
        kind=kind,
        amount=amount,
        gross=abs(amount or 0),
        **zero,
    )


@pytest.fixture
def funded(account, monkeypatch):
    """1,000,000; +10 % to 1,100,000; 1,000,000 more paid in, nothing earned: 2,100,000; −10 %: 1,890,000."""
    for day, value in zip(DAYS, (1_000_000, 1_100_000, 2_100_000, 1_890_000), strict=True):
        worth(account, day, value, cash=500_000)
    flow(account, DAYS[2], 1_000_000)
    monkeypatch.setattr(capital, "index_closes", lambda account, index, first, last: (INDEX, ""))
    trades(account, "0 09:05-09:35 005930 10@10000-11000", "1 09:05-09:35 000660 10@20000-19000")
    return account


def measures(account, query: str = "") -> dict:
    return measures_of("3.5", Facts(Asked(account, QueryDict(query))))


def test_a_deposit_is_no_profit(funded):
    """TWR = 1.1 × 1.0 × 0.9 − 1 = −1 %, though the account holds 890,000 more than it began with."""
    assert round(measures(funded)["twr"].value, 10) == Decimal("-0.01")


def test_money_paid_in_before_the_fall_counts_more_in_the_money_weighted_return(funded):
    """1,000,000 × 1.1 earned 100,000 and 2,100,000 × 10 % lost 210,000: the money lost 110,000."""
    assert measures(funded)["mwr"].value < measures(funded)["twr"].value < 0


def test_the_index_is_bought_with_the_same_money(funded):
    """1,000,000 ÷ 100 = 10,000 units, 1,000,000 ÷ 110 = 9,090.909…: 19,090.909… × 121 = 2,310,000."""
    found = measures(funded)

    assert round(found["benchmark_same_flows"].value) == 2_310_000
    assert round(found["benchmark_return"].value, 10) == Decimal("0.21")
    assert round(found["excess"].value, 10) == Decimal("-0.22")


def test_costs_are_those_of_the_trades_to_the_won(funded):
    facts = Facts(Asked(funded, QueryDict("")))

    assert measures(funded)["cost_drag"].value == sum(one.costs for one in facts.outcomes) > 0


def test_without_the_record_of_deposits_no_return_is_made_up(account):
    worth(account, DAYS[0], 1_000_000)
    worth(account, DAYS[1], 2_000_000)

    found = capital_of(account)
    assert (found.days, found.has_worth, found.has_flows) == ((), True, False)
    assert measures(account)["twr"].value is None
    assert "kt00015" in Money(Asked(account, QueryDict(""))).silent


def test_a_paper_account_is_told_why(account):
    account.environment = "paper"
    worth(account, DAYS[0], 1_000_000)

    assert "모의투자는 입출금 내역(kt00015)을 주지 않습니다" in Money(Asked(account, QueryDict(""))).silent


def test_a_booking_nobody_understands_is_counted_and_not_guessed(funded):
    flow(funded, DAYS[1], None, kind="other", number="2")

    assert capital_of(funded).unclear == 1
    assert round(measures(funded)["twr"].value, 10) == Decimal("-0.01")


def test_a_deposit_on_a_sunday_belongs_to_monday(account):
    worth(account, MONDAY - timedelta(days=3), 1_000_000)
    worth(account, MONDAY, 2_000_000)
    flow(account, MONDAY - timedelta(days=1), 1_000_000)

    assert [day.paid_in for day in capital_of(account).days] == [0, 1_000_000]


def test_weekends_are_no_idle_days(account):
    for day in range(-3, 1):
        worth(account, MONDAY + timedelta(days=day), 1_000_000)
    flow(account, MONDAY, 1, number="9")

    assert [day.day for day in capital_of(account).days] == [MONDAY - timedelta(days=3), MONDAY]
