"""The market is asked at the moment of a first fill, once, and never about the past."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kiwoomweb.access import gateway
from kiwoomweb.broker.market_calendar import PLAIN
from market.models import Kept
from portfolio.models import EntryContext, EntryLevels, Trade, TradeBars
from portfolio.selectors.inside.moves import moves_of
from portfolio.selectors.inside.needs import needs_of
from portfolio.selectors.theming import themes_now
from portfolio.selectors.trades import legs_of
from portfolio.services.inside import fetching
from portfolio.services.inside.fetching import forget_measures
from portfolio.services.inside.measuring import measure
from portfolio.services.inside.noticing import note_entry, notice
from portfolio.services.inside.theming import keep_themes
from tests import queue
from tests.portfolio.inside.conftest import NOW, at
from tests.portfolio.kiwoom import LISTS, Kiwoom
from tests.portfolio.steps import give_keys


@pytest.fixture
def kiwoom(account, monkeypatch):
    """Quotes and sectors are told, everything else is silent."""
    broker = Kiwoom(now=at(2, "09:31"))
    monkeypatch.setattr(gateway, "broker_for", lambda account, priority=None: broker.client(account))
    monkeypatch.setattr(gateway, "broker_now", lambda account: broker.now)
    monkeypatch.setattr("tests.portfolio.kiwoom.heads", lambda tr, rows: {})
    monkeypatch.setitem(LISTS, "ka10095", "atn_stk_infr")
    monkeypatch.setitem(LISTS, "ka90001", "thema_grp")
    broker.lists(
        "ka10095",
        {"stk_cd": "005930", "stk_nm": "삼성전자", "cur_prc": "+1000", "flu_rt": "+1.52", "trde_prica": "1876"},
    )
    for tr in ("ka10046", "ka20003", "ka10059", "ka10032", "ka90001"):
        broker.breaks(tr, status=500)
    give_keys(account)
    return broker


def asked_for() -> list[str]:
    return [task.name for task in queue.waiting() if task.name == "portfolio.note_entry"]


def test_a_trade_opened_just_now_is_asked_about(kiwoom, opened):
    queue.asked.clear()
    notice(opened.account_id, frozenset({opened.pk}), frozenset({kiwoom.now.date()}))
    assert asked_for() == ["portfolio.note_entry"]


def test_an_old_trade_is_not(kiwoom, opened):
    queue.asked.clear()
    kiwoom.now += timedelta(minutes=30)
    notice(opened.account_id, frozenset({opened.pk}), frozenset({kiwoom.now.date()}))
    note_entry(opened.pk)
    assert asked_for() == []
    assert not EntryContext.objects.exists()


def test_history_that_is_derived_at_once_is_not(kiwoom, opened):
    queue.asked.clear()
    notice(opened.account_id, frozenset(range(1, 500)), frozenset({kiwoom.now.date()}))
    assert asked_for() == []


def test_what_a_silent_tr_would_have_said_is_no_value_and_the_rest_is_kept(kiwoom, opened):
    note_entry(opened.pk)
    kept = EntryContext.objects.get(trade=opened).values
    assert kept["change"] == {"value": "1.52", "unit": "%", "source": "ka10095", "at": kiwoom.now.isoformat()}
    assert kept["turnover"]["value"] == "1876000000"
    assert "strength" not in kept


def test_it_is_asked_once(kiwoom, opened):
    note_entry(opened.pk)
    count = len(kiwoom.asked)
    note_entry(opened.pk)
    assert len(kiwoom.asked) == count


def test_new_fills_have_the_bars_looked_at_again(closed):
    TradeBars.objects.create(trade=closed, account=closed.account, next_try=None)
    forget_measures(closed.account_id, frozenset({closed.pk}))
    row = TradeBars.objects.get(trade=closed)
    assert row.next_try is not None
    assert row.next_try < NOW


def test_a_trade_that_is_derived_away_takes_its_bars_along_but_not_its_context(closed, opened):
    """What is computed goes with a trade; what was asked at its moment keeps the row."""
    from portfolio.services.trades.writing import _is_referred_to

    TradeBars.objects.create(trade=closed, account=closed.account)
    EntryContext.objects.create(trade=opened, asked_at=NOW)
    assert not _is_referred_to(closed)
    assert _is_referred_to(opened)


def test_the_newest_trades_without_bars_come_first(closed, opened, account):
    account.refresh_from_db()
    assert [trade.pk for trade in fetching._due(account, 5)] == [opened.pk, closed.pk]
    TradeBars.objects.create(trade=opened, account=account, next_try=None)
    assert [trade.pk for trade in fetching._due(account, 5)] == [closed.pk]
    assert Trade.objects.count() == 2


def test_the_levels_at_the_entry_come_from_bars_that_are_kept(closed, bars):
    """Bought at 195,000 on Monday; the day opened at 193,000 after 190,000: a gap of 3,000/190,000 = 1.5789 %,
    an entry 5,000/190,000 = 2.6316 % above the close and above the mean of the five closes, all 190,000."""
    legs = legs_of(closed)
    needs = needs_of(closed, {leg.day for leg in legs}, NOW.date(), PLAIN)
    measure(closed, moves_of(closed, legs), needs)

    row = EntryLevels.objects.get(trade=closed)
    assert (row.gap, row.change, row.over_5) == (Decimal("1.5789"), Decimal("2.6316"), Decimal("2.6316"))
    assert (row.over_20, row.over_60, row.market) == (None, None, None)


def test_themes_are_asked_once_a_month_and_a_silent_broker_another_time(kiwoom, opened):
    keep_themes(opened.account, "005930")
    assert not Kept.objects.exists()

    kiwoom.mends("ka90001")
    kiwoom.lists("ka90001", {"thema_grp_cd": "100", "thema_nm": "반도체"})
    keep_themes(opened.account, "005930")
    count = len(kiwoom.asked)
    keep_themes(opened.account, "005930")

    assert themes_now(opened.account, ["005930"]) == {"005930": ("반도체",)}
    assert len(kiwoom.asked) == count
