"""A share or a label is found by a part of its name, and leads to its trades."""

from datetime import date

import pytest
from django.utils import timezone

from portfolio.models import Rollup, Tag, TagGroup, Trade, TradeTag
from portfolio.selectors.naming import labels_named, shares_named


@pytest.fixture
def trade(account):
    """A closed trade of a share nobody lists, as the rollups know it."""
    symbols = {"account": account, "kind": "symbol", "span": "ever", "start": date(2010, 1, 1)}
    Rollup.objects.create(**symbols, key="005930", trades=3)
    Rollup.objects.create(**symbols, key="000660", trades=7)
    made = {
        "account": account,
        "state": "closed",
        "opened_day": date(2026, 11, 20),
        "derived_at": timezone.now(),
    }
    Trade.objects.create(**made, symbol="000660", name="SK하이닉스", opening_order="2")
    return Trade.objects.create(**made, symbol="005930", name="삼성전자", opening_order="1")


@pytest.fixture
def label(team):
    def make(name: str, kind: str = "tag") -> Tag:
        group = TagGroup.objects.create(team=team, kind=kind, name=f"{kind} {name}", created_at=timezone.now())
        return Tag.objects.create(group=group, name=name, created_at=timezone.now())

    return make


@pytest.mark.parametrize("text", ["삼성", "전자", "005930", "삼성전자 손절"])
def test_a_share_is_found_by_a_part_of_its_name_or_code(account, trade, text):
    (found,) = shares_named(account, text)

    assert (found.name, found.about, found.trades, found.query) == ("삼성전자", "005930", 3, "symbol=005930")


def test_the_most_traded_comes_first(account, trade):
    assert [each.about for each in shares_named(account, "0")] == ["000660", "005930"]


@pytest.mark.parametrize("text", ["", "%", "카카오", "<script>"])
def test_what_nobody_traded_is_not_found(account, trade, text):
    assert shares_named(account, text) == ()
    assert labels_named(account, text) == ()


def test_another_account_has_its_own_shares(strangers_account, trade):
    assert shares_named(strangers_account, "삼성") == ()


def test_a_label_is_found_with_the_trades_that_carry_it(account, trade, trader, label):
    tag = label("추격 매수")
    TradeTag.objects.create(trade=trade, tag=tag, author=trader.user, added_at=timezone.now())

    (found,) = labels_named(account, "추격매수")

    assert (found.name, found.trades, found.query) == ("추격 매수", 1, f"tag={tag.pk}")


def test_a_setup_leads_to_its_own_filter_and_a_retired_label_is_gone(account, label):
    setup, old = label("눌림목", "setup"), label("눌림")
    Tag.objects.filter(pk=old.pk).update(retired_at=timezone.now())

    (found,) = labels_named(account, "눌림")

    assert (found.trades, found.query) == (None, f"setup={setup.pk}")


def test_another_teams_labels_are_not_found(strangers_account, label):
    label("추격")

    assert labels_named(strangers_account, "추격") == ()


def test_the_page_shows_both_and_a_script_in_a_label_is_text(viewer, account, trade, label):
    label("<script>alert(1)</script>삼성")

    page = viewer.get(f"/a/{account.code}/search/notes/?q=삼성").content.decode()

    assert "삼성전자" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
