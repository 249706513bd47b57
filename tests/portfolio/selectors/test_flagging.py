"""The conditions that had flagged a share before it was bought."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from kiwoomweb.broker.domain import SEOUL
from market.models import Screener, ScreenerHit
from portfolio.analytics.when.breakdown import UNKNOWN, breakdown
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.models import Trade
from portfolio.selectors.flagging import conditions_of
from portfolio.selectors.outcomes import outcomes_of
from tests.portfolio.stats.making import MONDAY, trades


@pytest.fixture
def bought(account):
    trades(account, "0 09:05-09:35 005930 10@10000-11000", "0 13:00-13:10 000660 10@20000-19000")
    return account


def hit(account, condition: str, symbol: str, clock: str, *, days: int = 0, kind: str = "in") -> None:
    screener, _made = Screener.objects.get_or_create(
        account=account, seq=condition, defaults={"name": condition, "listed_at": timezone.now()}
    )
    at = datetime.combine(MONDAY + timedelta(days=days), time.fromisoformat(clock), tzinfo=SEOUL)
    ScreenerHit.objects.create(screener=screener, condition=condition, symbol=symbol, kind=kind, at=at)


def test_only_what_was_flagged_that_day_before_the_buy_counts(bought) -> None:
    hit(bought, "급등", "005930", "09:04:59")
    hit(bought, "거래량", "005930", "09:00", kind="present")
    hit(bought, "늦음", "005930", "09:06")
    hit(bought, "어제", "005930", "09:00", days=-1)
    hit(bought, "이탈", "005930", "09:00", kind="out")
    hit(bought, "남", "035420", "09:00")

    found = conditions_of(bought, Trade.objects.present().filter(account=bought))

    flagged = Trade.objects.get(account=bought, symbol="005930")
    assert found == {flagged.pk: ("거래량", "급등")}


def test_a_breakdown_by_condition_finds_its_trades(bought) -> None:
    hit(bought, "급등", "005930", "09:04:59")

    outcomes = outcomes_of(bought, Trade.objects.present().filter(account=bought))

    groups = breakdown(outcomes, DIMENSIONS["condition"]).groups
    assert [(group.key, len(group.rows)) for group in groups] == [("급등", 1), (UNKNOWN, 1)]


def test_where_nothing_was_ever_flagged_one_question_is_asked(bought, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert conditions_of(bought, Trade.objects.present().filter(account=bought)) == {}
