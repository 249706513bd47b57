"""A trade has a note of its own; it stays when older history makes the trade part of another."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portfolio.models import Note, NoteVersion, Trade
from portfolio.selectors.filtering import TradeFilter
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.notes import note_of, note_of_trade
from portfolio.selectors.searching import search_notes
from portfolio.services.indexing import reindex
from portfolio.services.noting import save, save_trade_note

DAY = date(2026, 11, 20)


def bought(account, day: date = DAY, order: str = "0000001", **more) -> Trade:
    return Trade.objects.create(
        account=account,
        symbol="005930",
        name="삼성전자",
        state="open",
        opened_day=day,
        opening_order=order,
        derived_at=timezone.now(),
        **more,
    )


@pytest.fixture
def trade(account):
    return bought(account)


def test_a_trade_without_a_note_is_blank(trade):
    note = note_of_trade(trade)

    assert (note.version, note.text, note.is_frozen, note.place.key) == (0, "", False, f"trade.{trade.pk}")


def test_a_trade_and_its_day_have_notes_of_their_own(account, trade, trader):
    save(account, DAY, "그날", based_on=0, author=trader.user)
    save_trade_note(trade, "추격이었다", based_on=0, author=trader.user)

    assert (note_of(account, DAY).text, note_of_trade(trade).text) == ("그날", "추격이었다")


def test_two_people_writing_at_once_both_keep_their_words(trade, trader, owner):
    save_trade_note(trade, "준의 글", based_on=0, author=trader.user)
    saved = save_trade_note(trade, "민지의 글", based_on=0, author=owner.user)

    assert saved.is_conflict
    assert [copy.text for copy in note_of_trade(trade).conflicts] == ["민지의 글"]


def test_a_trade_is_found_by_its_share_and_by_what_was_written(account, trade, trader):
    save_trade_note(trade, "추격이었다", based_on=0, author=trader.user)

    for question in ("삼성", "005930", "삼성전자 추격", "추격"):
        assert [hit.place.trade for hit in search_notes(account, question)] == [trade], question
    assert search_notes(account, "하이닉스 추격") == ()


def test_notes_of_a_filter_are_those_of_its_trades_and_of_their_days(account, trade, trader):
    save_trade_note(trade, "추격이었다", based_on=0, author=trader.user)
    for day in (trade.opened_day, trade.opened_day - timedelta(days=60)):
        save(account, day, "추격하지 말 것", based_on=0, author=trader.user)

    def found(asked: str) -> int:
        chosen = Chosen(account, TradeFilter.parse(asked, DAY))
        return len(search_notes(account, "추격", chosen=chosen))

    assert [found(""), found("symbol=005930"), found("symbol=999999")] == [3, 2, 0]


def test_the_index_made_anew_knows_trades_too(account, trade, trader):
    save_trade_note(trade, "추격이었다", based_on=0, author=trader.user)

    assert reindex(account) == 1
    assert len(search_notes(account, "삼성전자 추격")) == 1


def test_a_merged_trades_note_is_read_beside_that_of_the_trade_it_became_part_of(account, trade, trader):
    save_trade_note(trade, "추격이었다", based_on=0, author=trader.user)
    whole = bought(account, date(2026, 10, 2), "0000009")
    Trade.objects.filter(pk=trade.pk).update(merged_into=whole)
    trade.refresh_from_db()

    assert [note.text for note in note_of_trade(whole).swallowed] == ["추격이었다"]
    save_trade_note(trade, "알고 보니 10월부터", based_on=0, author=trader.user)
    assert note_of_trade(whole).text == "알고 보니 10월부터"
    assert NoteVersion.objects.count() == 2


@pytest.fixture
def path(account, trade):
    return f"/a/{account.code}/notes/trade.{trade.pk}/"


def test_a_trader_writes_and_a_viewer_reads_the_history(trader, viewer, path):
    trader.post(f"{path}save/", {"text": "추격이었다", "version": "0"})

    assert "추격이었다" in viewer.get(path).content.decode()
    assert viewer.post(f"{path}save/", {"text": "x", "version": "1"}).status_code == 404


def test_a_stranger_finds_no_note_of_a_trade(stranger, strangers_account, account, trade, path):
    assert stranger.get(path).status_code == 404
    elsewhere = f"/a/{strangers_account.code}/notes/trade.{trade.pk}/"
    assert stranger.get(elsewhere).status_code == 404
    assert stranger.post(f"{elsewhere}save/", {"text": "x", "version": "0"}).status_code == 404
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "key", ["trade.0", "trade.999999999999999999", "trade.x", "2026-11-20.trade", "trade."]
)
def test_a_trade_that_is_not_there_has_no_note(trader, account, key):
    assert trader.get(f"/a/{account.code}/notes/{key}/").status_code == 404
