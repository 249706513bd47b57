"""Prices, charts and listings."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kiwoomweb.broker.calls import charts, instruments, quotes
from kiwoomweb.broker.domain import SEOUL, BookLevel, Candle, Listing, Span
from kiwoomweb.broker.errors import UnknownSymbol, Unreadable
from tests.broker.calls.samples import BOOK, DAY_BAR, MINUTE_BAR, QUOTE
from tests.broker.stage import said


def test_a_price_has_no_sign_and_a_change_has(broker):
    quote = quotes.quote(broker, "005930")
    assert (quote.price, quote.change, quote.change_rate) == (59900, -600, Decimal("-0.99"))
    assert (quote.upper_limit, quote.lower_limit, quote.previous_close) == (78600, 42400, 60500)
    assert (quote.market_cap, quote.turnover) == (357_590_000_000_000, None)


def test_an_unknown_symbol_comes_as_blanks(broker, stage):
    stage["ka10001"] = dict.fromkeys(QUOTE, "")
    stage["ka10100"] = {"code": "", "name": ""}
    stage["ka10004"] = dict.fromkeys(BOOK, "")
    for ask in (quotes.quote, quotes.book, instruments.listing):
        with pytest.raises(UnknownSymbol):
            ask(broker, "999999")


def test_unknown_symbols_among_many_are_left_out(broker, stage):
    stage["ka10095"] = {"atn_stk_infr": [dict.fromkeys(QUOTE, ""), QUOTE | {"trde_prica": "915000"}]}
    (quote,) = quotes.quotes(broker, ["999999", "005930"])
    assert (quote.symbol, quote.turnover) == ("005930", 915_000_000_000)
    assert stage.bodies("ka10095") == [{"stk_cd": "999999|005930"}]


def test_many_symbols_are_asked_by_the_hundred(broker, stage):
    quotes.quotes(broker, [f"{n:06}" for n in range(201)])
    assert [len(body["stk_cd"].split("|")) for body in stage.bodies("ka10095")] == [100, 100, 1]


def test_a_price_nobody_said_is_unknown(broker, stage):
    stage["ka10001"] = QUOTE | {"open_pric": "", "trde_qty": "4294967295"}
    quote = quotes.quote(broker, "005930")
    assert (quote.open, quote.volume) == (None, None)


def test_a_book_runs_away_from_the_middle(broker, stage):
    stage.now = datetime(2025, 6, 30, 5, 53, 2, tzinfo=UTC)
    book = quotes.book(broker, "005930")
    assert book.at == datetime(2025, 6, 30, 14, 53, 1, tzinfo=SEOUL)
    assert [level.price for level in book.asks] == [60100, *range(60200, 61100, 100)]
    assert [level.price for level in book.bids] == [60000, *range(59900, 59000, -100)]
    assert book.asks[0] == BookLevel(60100, 100, -5)
    assert (book.total_asks, book.total_bids) == (5500, 55)


def test_a_thin_book_has_fewer_levels(broker, stage):
    stage["ka10004"] = BOOK | {"sel_10th_pre_bid": "0", "sel_9th_pre_bid": "", "buy_2th_pre_bid": "0"}
    book = quotes.book(broker, "005930")
    assert (len(book.asks), len(book.bids)) == (8, 9)


def test_candles_come_oldest_first(broker, stage):
    newest, oldest = DAY_BAR | {"dt": "20260914"}, DAY_BAR | {"dt": "20260911"}
    stage["ka10081"] = said({"stk_dt_pole_chart_qry": [newest, oldest]})
    candles = charts.candles(broker, "005930", Span.DAY, until=date(2026, 9, 14))
    assert [candle.at.date() for candle in candles] == [date(2026, 9, 11), date(2026, 9, 14)]
    assert candles[0] == Candle(
        at=datetime(2026, 9, 11, tzinfo=SEOUL),
        open=20850,
        high=21150,
        low=20450,
        close=20800,
        volume=82,
        turnover=632_640_000_000,
    )
    assert stage.bodies("ka10081") == [{"stk_cd": "005930", "base_dt": "20260914", "upd_stkpc_tp": "1"}]


def test_candles_of_today_by_the_brokers_calendar(broker, stage):
    stage.now = datetime(2025, 6, 29, 16, 0, tzinfo=UTC)  # already the 30th in Seoul
    charts.candles(broker, "005930", Span.WEEK)
    charts.candles(broker, "005930", Span.WEEK)
    assert stage.bodies("ka10082")[-1]["base_dt"] == "20250630"


def test_more_pages_reach_further_back(broker, stage):
    bars = [MINUTE_BAR | {"cntr_tm": f"2026091409{minute:02}00"} for minute in (3, 2, 1, 0)]
    pages = [said({"stk_min_pole_chart_qry": bars[:2]}, next_key="K1")]
    pages += [said({"stk_min_pole_chart_qry": bars[2:]}, next_key="K2")]
    stage["ka10080"] = pages
    candles = charts.candles(broker, "005930", Span.MINUTE, minutes=1, pages=2)
    assert [candle.at.minute for candle in candles] == [0, 1, 2, 3]
    assert len(stage.asked["ka10080"]) == 2


def test_a_volume_that_ran_over_is_unknown(broker, stage):
    stage["ka10081"] = {"stk_dt_pole_chart_qry": [DAY_BAR | {"trde_qty": "4294967295"}]}
    (candle,) = charts.candles(broker, "005930", Span.DAY)
    assert candle.volume is None


def test_a_candle_without_its_price_spoils_the_chart(broker, stage):
    stage["ka10081"] = {"stk_dt_pole_chart_qry": [DAY_BAR, DAY_BAR | {"high_pric": ""}]}
    with pytest.raises(Unreadable, match="high_pric"):
        charts.candles(broker, "005930", Span.DAY)


def test_a_listing(broker):
    expected = Listing(
        symbol="005930",
        name="삼성전자",
        market="거래소",
        listed=date(1975, 6, 11),
        shares=5_969_782_550,
        previous_close=60500,
        state="증거금20%|담보대출|신용가능",
        sector="전기전자",
    )
    assert instruments.listing(broker, "005930") == expected
    assert instruments.listings(broker, instruments.Market.KOSPI) == [expected]
