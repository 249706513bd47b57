"""What an answer costs, counted in quotes made: a board is made once for all who look at its second."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.boards import board
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Quote
from kiwoomweb.simulator.replies.boards import LOOKS
from tests.simulator.boards.asking import at, said


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[datetime, Venue]]:
    """Quotes made for boards, by instant and venue."""
    counted = Counter[tuple[datetime, Venue]]()
    true = board.quote_at

    def counting(market: Market, code: str, moment: datetime, venue: Venue) -> Quote:
        counted[moment, venue] += 1
        return true(market, code, moment, venue)

    monkeypatch.setattr(board, "quote_at", counting)
    return counted


def later(exchange: Exchange, seconds: int) -> None:
    exchange.jump(exchange.now() + timedelta(seconds=seconds))


def test_ten_rankings_of_a_second_make_one_board(made: Counter[Any]) -> None:
    exchange = Exchange.opened(now=at("2026-11-20T14:00:00"), trader=False)
    listed = len(exchange.instruments())
    for tr in (
        "ka10027",
        "ka10028",
        "ka10030",
        "ka10032",
        "ka10017",
        "ka10018",
        "ka20001",
        "ka20002",
        "ka90001",
    ):
        said(exchange, tr, **({"stex_tp": "1"} if not tr.startswith("ka20001") else {}))
    for sector, _, _ in exchange.sectors():
        LOOKS["0U"](exchange, sector)
    assert made == {(exchange.now(), Venue.KRX): listed}
    later(exchange, 1)
    said(exchange, "ka10027")
    assert sum(made.values()) == 2 * listed


def test_a_page_of_a_ranking_makes_no_more_books_than_rows(
    monkeypatch: pytest.MonkeyPatch, at_two: Exchange
) -> None:
    books = Counter[str]()
    true = board.depth_of

    def counting(market: Market, quote: Quote) -> Any:
        books[quote.code] += 1
        return true(market, quote)

    monkeypatch.setattr(board, "depth_of", counting)
    rows = said(at_two, "ka10027", most=100).rows
    assert sum(books.values()) == len(rows)
