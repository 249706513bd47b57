"""Trades of real fills: moved to a book and back, settled by a prior holding, and kept with their words."""

import pytest

from kiwoomweb.access.models import Account
from portfolio.models import Book, BookAssignment, BulkEdit, HoldingEvent, Review, Trade
from portfolio.services.holding_events import record_event, withdraw_event
from portfolio.services.reviews.bulk import put_in_book, undo
from portfolio.services.reviews.saving import save
from portfolio.services.trades.catching_up import catch_up
from tests.people import Person
from tests.portfolio.trades.test_keeping import NOW, buys, sells


def in_book(account: Account, book: Book | None, by: Person) -> BulkEdit:
    assert by.user
    return put_in_book(account, Trade.objects.filter(account=account), book, "옮기기", by.user)


@pytest.fixture
def day_trade(account: Account) -> Trade:
    """Ten shares of one symbol bought and sold on a day."""
    buys(account, 0, 10, 10, 1_000)
    sells(account, 0, 11, 10, 1_100)
    catch_up(account.pk)
    return Trade.objects.get()


def test_a_trade_moves_to_a_book_with_its_review_and_back(
    trader: Person, account: Account, day_trade: Trade
) -> None:
    assert trader.user
    save(account, day_trade, {"rating": "4"}, based_on=0, author=trader.user)
    book = Book.objects.create(account=account, name="단타", created_at=day_trade.derived_at)
    edit = in_book(account, book, trader)
    assert edit.trades == 1
    moved = Trade.objects.present().get()
    assert (moved.pk, moved.book) == (day_trade.pk, book)
    assert BookAssignment.objects.filter(book=book, author=trader.user).count() == 2
    assert Review.objects.get().trade == moved
    undo(account, edit, trader.user)
    back = Trade.objects.present().get()
    assert (back.pk, back.book) == (day_trade.pk, None)
    assert not BookAssignment.objects.exists()


def test_moving_to_the_book_it_is_in_changes_nothing(
    trader: Person, account: Account, day_trade: Trade
) -> None:
    assert in_book(account, None, trader).trades == 0


def test_a_prior_holding_gives_an_unsettled_trade_its_result(trader: Person, account: Account) -> None:
    """Ten shares sold at 1,100, never seen bought, told to have cost 900: gross 11,000 - 9,000 = 2,000."""
    assert trader.user
    sells(account, 0, 11, 10, 1_100)
    catch_up(account.pk)
    unknown = Trade.objects.present().get()
    assert (unknown.state, unknown.cost) == ("unsettled", None)
    told = {"kind": "adopted", "symbol": unknown.symbol, "day": str(unknown.opened_day), "quantity": "10"}
    event = record_event(account, told | {"price": "900", "reason": "2022년 거래내역서"}, trader.user)
    settled = Trade.objects.present().get()
    assert (settled.state, settled.cost, settled.gross) == ("closed", 9_000, 2_000)
    withdraw_event(event, trader.user)
    assert Trade.objects.present().get().state == "unsettled"
    assert HoldingEvent.objects.get().withdrawn_by == trader.user


def test_every_trade_of_a_filter_moves_at_once_and_comes_back_at_once(trader: Person, account: Account) -> None:
    """250 day trades, more than fit on a page: one edit, one way back."""
    for number in range(250):
        buys(account, number, 10, 10, 1_000)
        sells(account, number, 11, 10, 1_100)
    catch_up(account.pk)
    before = dict(Trade.objects.present().values_list("pk", "net"))
    book = Book.objects.create(account=account, name="단타", created_at=NOW)
    page = f"/a/{account.code}/trades/bulk/"
    trader.post(page, {"do": f"book:{book.pk}", "all": "1", "query": "result=win"})
    assert set(Trade.objects.present().values_list("book", flat=True)) == {book.pk}
    assert BookAssignment.objects.filter(book=book).count() == 500
    edit = BulkEdit.objects.get()
    assert edit.trades == 250
    trader.post(f"{page}{edit.pk}/undo/")
    assert set(Trade.objects.present().values_list("book", flat=True)) == {None}
    assert dict(Trade.objects.present().values_list("pk", "net")) == before
    assert not BookAssignment.objects.exists()
