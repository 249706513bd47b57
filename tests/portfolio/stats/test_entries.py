"""What was known when a trade was opened: its exchange, the gap, the averages, the themes."""

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest
from django.utils import timezone

from market.models import Kept
from orders.models import Fill
from portfolio.models import EntryContext, EntryLevels, Trade
from portfolio.selectors.outcomes import outcomes_of
from portfolio.selectors.trades import trades_of
from portfolio.services.trades.catching_up import derive_anew
from tests.portfolio.stats.making import trades


@pytest.fixture
def traded(account):
    """Bought before the open on NXT and sold on KRX; and one of which the broker named no exchange."""
    trades(account, "0 08:10-09:35 005930 10@10000-11000", "1 09:05-09:35 000660 10@20000-19000")
    Fill.objects.filter(symbol="005930", side="buy").update(venue="NXT")
    Fill.objects.filter(symbol="000660").update(venue="ALL")
    derive_anew(account.pk)
    return account


def known(account):
    return {one.symbol: one for one in outcomes_of(account, trades_of(account))}


def test_the_exchanges_are_those_of_the_first_and_the_closing_fill(traded):
    found = known(traded)

    assert (found["005930"].entry_venue, found["005930"].exit_venue) == ("NXT", "KRX")
    assert (found["000660"].entry_venue, found["000660"].exit_venue) == ("", "")


def test_what_bars_say_of_the_fill_goes_before_what_was_asked_minutes_later(traded):
    trade = Trade.objects.get(symbol="005930")
    said = {"change": {"value": "2.5"}, "strength": {"value": "131.2"}}
    EntryContext.objects.create(trade=trade, values=said, asked_at=timezone.now())
    EntryLevels.objects.create(trade=trade, gap=Decimal("1.5"), change=Decimal(2), over_20=Decimal(-3))

    found = known(traded)

    assert found["005930"].facts == {
        "change": Decimal(2),
        "strength": Decimal("131.2"),
        "gap": Decimal("1.5"),
        "ma20": Decimal(-3),
    }
    assert found["000660"].facts == {}


def test_themes_asked_at_the_entry_go_before_those_of_now(traded):
    trade = Trade.objects.get(symbol="005930")
    said = {"themes": {"value": "반도체\nHBM"}}
    for symbol, themes in (("005930", ["스마트폰"]), ("000660", ["메모리"])):
        body = msgspec.json.encode(themes)
        Kept.objects.create(
            environment=traded.environment, what=f"themes:{symbol}", body=body, at=timezone.now() - timedelta(9)
        )
    EntryContext.objects.create(trade=trade, values=said, asked_at=timezone.now())

    found = known(traded)

    assert (found["005930"].themes, found["000660"].themes) == (("반도체", "HBM"), ("메모리",))


def test_the_page_parts_trades_by_exchange_and_theme_and_says_where_themes_come_from(viewer, traded):
    body = msgspec.json.encode(["메모리"])
    Kept.objects.create(
        environment=traded.environment, what="themes:000660", body=body, at=timezone.now() - timedelta(9)
    )

    page = viewer.get(f"/a/{traded.code}/stats/when/").content.decode()

    assert "NXT 넥스트레이드" in page
    assert "메모리" in page
    assert "지금의 테마 분류로 나눴습니다" in page
    behind = viewer.get(f"/a/{traded.code}/stats/group/entry_venue/?group=NXT").content.decode()
    assert "삼성전자" in behind
    assert "SK하이닉스" not in behind
