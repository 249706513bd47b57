"""The page of conditions: what shares did after they were flagged, of those taken and those not."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from kiwoomweb.broker.domain import SEOUL
from market.models import HitReturn, Screener, ScreenerHit
from portfolio.selectors.flagged import heard_of
from tests.portfolio.stats.making import MONDAY, trades
from tests.portfolio.stats.test_pages import opened

NINE = datetime.combine(MONDAY, datetime.min.time(), tzinfo=SEOUL) + timedelta(hours=9)


def came(screener, symbol: str, at: datetime, percent: str | None, kind: str = "in", **more) -> ScreenerHit:
    hit = ScreenerHit.objects.create(
        screener=screener, condition=screener.name, symbol=symbol, kind=kind, at=at, price=10_000, **more
    )
    if percent is not None:
        HitReturn.objects.create(hit=hit, horizon="30m", net=Decimal(percent), gross=Decimal(percent))
    return hit


@pytest.fixture
def heard(account):
    """Two conditions on Monday and Tuesday. 삼성전자 was bought five minutes after its hit at 09:00."""
    trades(account, "0 09:05-09:35 005930 10@10000-11000")
    breakout, quiet = (
        Screener.objects.create(account=account, seq=seq, name=name, listed_at=NINE)
        for seq, name in (("1", "돌파"), ("2", "거래량 <급증>"))
    )
    came(breakout, "005930", NINE, "2", highest=10_300, lowest=9_900)
    came(breakout, "000660", NINE + timedelta(minutes=1), "-1")
    came(breakout, "000660", NINE + timedelta(days=1), None)
    came(breakout, "000660", NINE + timedelta(minutes=9), None, kind="out")
    came(quiet, "035420", NINE, None, kind="present")
    return account


def test_a_hit_is_taken_when_one_bought_after_it_the_same_day(heard):
    """Two days were heard; +2 % taken after 300 s, −1 % not taken; MFE 10,300/10,000 − 1 = 3 %, MAE 1 %."""
    quiet, breakout = heard_of(heard)

    assert (breakout.name, breakout.days, len(breakout.hits)) == ("돌파", 2, 3)
    first, second, _unmeasured = breakout.hits
    assert first.returns == {"30m": Decimal("0.02")}
    assert first.bought_at == NINE + timedelta(minutes=5)
    assert (first.mfe, first.mae) == (Decimal("0.03"), Decimal("0.01"))
    assert (second.bought_at, second.mfe) == (None, None)
    assert (quiet.days, quiet.hits) == (1, ())


def test_only_the_days_asked_for_count(heard):
    (only,) = heard_of(heard, MONDAY + timedelta(days=1))
    assert [hit.returns for hit in only.hits] == [{}]


def test_the_page_shows_both_sides_their_formulas_and_the_hits(viewer, heard):
    page = opened(viewer, heard, "conditions/")

    assert "거래량 &lt;급증&gt;" in page
    assert "2.00 %" in page
    assert "−1.00 %" in page
    assert "표본 부족 (2/30)" in page
    assert "hits with net return &gt; 0 ÷ hits" in page
    assert "5분 0초 뒤에 삼" in page
    assert "사지 않음" in page
    assert "이 기간에는 편입이 없습니다" in opened(viewer, heard, "conditions/?last=2020-01-01")


def test_who_never_heard_a_condition_is_told_where_they_come_from(viewer, account):
    assert "영웅문4의 조건검색에서 만들어" in opened(viewer, account, "conditions/")


def test_a_strangers_conditions_are_nobody_elses(strangers_account, heard):
    assert heard_of(strangers_account) == []
