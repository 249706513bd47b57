"""Calls about prices now: one symbol (ka10001), many at once (ka10095), the order book (ka10004)."""

from collections.abc import Sequence
from typing import Literal

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import Book, BookLevel, Quote
from kiwoomweb.broker.errors import UnknownSymbol
from kiwoomweb.broker.wire.names import symbol as code
from kiwoomweb.broker.wire.numbers import count, eoks, millions, price, rate, won
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import clock, near

__all__ = ["book", "quote", "quotes"]

#: ka10095 answers no list at all to more than this many symbols (PROTOCOL 2.6).
MOST_AT_ONCE = 100
LEVELS = 10


def quote(broker: Broker, symbol: str) -> Quote:
    """주식기본정보 (ka10001), without turnover. Raises ``UnknownSymbol`` where the broker answers blanks."""
    row = Row.of(broker.call("ka10001", {"stk_cd": symbol}))
    if row.blank("stk_cd", "stk_nm", "cur_prc"):
        raise UnknownSymbol(f"no such symbol: {symbol}", tr="ka10001")
    return _quote(row, turnover="")


def quotes(broker: Broker, symbols: Sequence[str]) -> list[Quote]:
    """지정종목 정보 (ka10095), asked by the hundred; a symbol the broker does not know is left out."""
    starts = range(0, len(symbols), MOST_AT_ONCE)
    return [line for start in starts for line in _hundred(broker, symbols[start : start + MOST_AT_ONCE])]


def _hundred(broker: Broker, symbols: Sequence[str]) -> list[Quote]:
    lines = broker.rows("ka10095", {"stk_cd": "|".join(symbols)}, "atn_stk_infr")
    rows = [Row("ka10095", line) for line in lines]
    return [_quote(row, turnover="trde_prica") for row in rows if not row.blank("stk_cd", "stk_nm", "cur_prc")]


def _quote(row: Row, *, turnover: str) -> Quote:
    return Quote(
        symbol=row.need(code, "stk_cd"),
        name=row.text("stk_nm"),
        price=row.may(price, "cur_prc"),
        change=row.may(won, "pred_pre"),
        change_rate=row.may(rate, "flu_rt"),
        open=row.may(price, "open_pric"),
        high=row.may(price, "high_pric"),
        low=row.may(price, "low_pric"),
        previous_close=row.may(price, "base_pric"),
        upper_limit=row.may(price, "upl_pric"),
        lower_limit=row.may(price, "lst_pric"),
        volume=row.may(count, "trde_qty"),
        turnover=row.may(millions, turnover),
        market_cap=row.may(eoks, "mac"),
    )


def book(broker: Broker, symbol: str) -> Book:
    """주식호가 (ka10004): up to ten asks from the best up, up to ten bids from the best down; KRX prices."""
    reply = broker.call("ka10004", {"stk_cd": symbol})
    row = Row.of(reply)
    if row.blank("bid_req_base_tm", "sel_fpr_bid", "buy_fpr_bid"):
        raise UnknownSymbol(f"no such symbol: {symbol}", tr="ka10004")
    return Book(
        symbol=symbol,
        at=near(reply.at or broker.now(), row.need(clock, "bid_req_base_tm")),
        asks=_levels(row, "sel"),
        bids=_levels(row, "buy"),
        total_asks=row.need(count, "tot_sel_req"),
        total_bids=row.need(count, "tot_buy_req"),
        expected_price=None,
        expected_size=None,
    )


def _levels(row: Row, who: Literal["sel", "buy"]) -> tuple[BookLevel, ...]:
    """The levels in use; the broker fills the rest of the ladder with zeros or blanks."""
    return tuple(level for n in range(1, LEVELS + 1) if (level := _level(row, who, n)))


def _level(row: Row, who: Literal["sel", "buy"], n: int) -> BookLevel | None:
    at, size = (
        (f"{who}_fpr_bid", f"{who}_fpr_req") if n == 1 else (f"{who}_{n}th_pre_bid", f"{who}_{n}th_pre_req")
    )
    cost = row.may(price, at)
    if not cost:
        return None
    return BookLevel(cost, row.need(count, size), row.may(count, f"{who}_{n}th_pre_req_pre") or 0)
