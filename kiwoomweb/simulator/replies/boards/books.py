"""Books: ka10020 where most orders wait, ka10021 where they have grown, ka10022 where their balance tipped.

No lines while no book is open; the books are those of ka10004.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kiwoomweb.broker.wire.writing import plus
from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.market_facts import Depth, percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.boards.lists import face, lines, number, venue
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["grown", "largest", "tipped"]


#: Minutes.
A_DAY = 1_440


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line with the sizes of its book now and, where a while ago matters, then."""

    line: Line
    asks: int
    bids: int
    asks_then: int = 0
    bids_then: int = 0


def largest(ask: Ask) -> Said:
    """ka10020."""
    orders: Mapping[str, Callable[[Waiting], int | Decimal]] = {
        "1": lambda one: one.bids - one.asks,
        "2": lambda one: one.asks - one.bids,
        "3": lambda one: percent(one.bids, one.asks),
        "4": lambda one: percent(one.asks, one.bids),
    }
    order = orders[ask.text("sort_tp")]
    ranked = sorted(_open_books(ask), key=lambda one: -order(one))
    return Said(rows=Rows("bid_req_upper", ranked, _largest))


def _largest(one: Waiting) -> Mapping[str, Value]:
    return {
        **face(one.line, rate=False),
        "trde_qty": one.line.quote.volume,
        "tot_sel_req": one.asks,
        "tot_buy_req": one.bids,
        "netprps_req": plus(one.bids - one.asks),
        "buy_rt": plus(percent(one.bids, one.asks)),
    }


def grown(ask: Ask) -> Said:
    """ka10021: by how much one side of the book has grown in ``tm_tp`` minutes."""
    buying, by_rate = ask.text("trde_tp") == "1", ask.text("sort_tp") == "2"

    def sides(one: Waiting) -> tuple[int, int]:
        return (one.bids_then, one.bids) if buying else (one.asks_then, one.asks)

    def growth(one: Waiting) -> int | Decimal:
        then, now = sides(one)
        return percent(now - then, then) if by_rate else now - then

    found = sorted((one for one in _with_then(ask) if growth(one) > 0), key=lambda one: -growth(one))
    return Said(rows=Rows("bid_req_sdnin", found, lambda one: _grown(one, *sides(one))))


def _grown(one: Waiting, then: int, now: int) -> Mapping[str, Value]:
    return {
        **face(one.line, rate=False),
        "int": then,
        "now": now,
        "sdnin_qty": now - then,
        "sdnin_rt": plus(percent(now - then, then)),
        "tot_buy_qty": one.bids,
    }


def tipped(ask: Ask) -> Said:
    """ka10022: by how many points 매수/매도 (or 매도/매수) has risen in ``tm_tp`` minutes."""
    buying = ask.text("rt_tp") == "1"

    def ratios(one: Waiting) -> tuple[Decimal, Decimal]:
        if buying:
            return percent(one.bids_then, one.asks_then), percent(one.bids, one.asks)
        return percent(one.asks_then, one.bids_then), percent(one.asks, one.bids)

    def rise(one: Waiting) -> Decimal:
        then, now = ratios(one)
        return now - then

    found = sorted((one for one in _with_then(ask) if rise(one) > 0), key=lambda one: -rise(one))
    return Said(rows=Rows("req_rt_sdnin", found, lambda one: _tipped(one, *ratios(one))))


def _tipped(one: Waiting, then: Decimal, now: Decimal) -> Mapping[str, Value]:
    return {
        **face(one.line, rate=False),
        "int": plus(then),
        "now_rt": plus(now),
        "sdnin_rt": plus(now - then),
        "tot_sel_req": one.asks,
        "tot_buy_req": one.bids,
    }


def _open_books(ask: Ask) -> Sequence[Waiting]:
    found = []
    for line in lines(ask):
        book = ask.exchange.board.book(line)
        if _is_open(book):
            found.append(Waiting(line, book.total_asks, book.total_bids))
    return found


def _with_then(ask: Ask) -> Sequence[Waiting]:
    """Books open now and so many minutes ago."""
    board, minutes = ask.exchange.board, max(number(ask, "tm_tp", A_DAY), 1)
    then = board.minutes_ago(ask.now, minutes)
    if then is None:
        return ()
    found = []
    for one in _open_books(ask):
        before = board.line(one.line.code, then, venue(ask))
        book = board.book(before) if before else None
        if book and _is_open(book):
            found.append(Waiting(one.line, one.asks, one.bids, book.total_asks, book.total_bids))
    return found


def _is_open(book: Depth) -> bool:
    return book.total_asks > 0 or book.total_bids > 0
