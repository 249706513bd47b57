"""Calls about the past of a price: ticks, minutes, days, weeks, months, years (ka10079-ka10083, ka10094)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import SEOUL, Candle, Span
from kiwoomweb.broker.wire import writing
from kiwoomweb.broker.wire.numbers import count, millions, price
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import day, moment

__all__ = ["candles"]


@dataclass(frozen=True, slots=True)
class _Chart:
    tr: str
    list_name: str


CHARTS = {
    Span.TICK: _Chart("ka10079", "stk_tic_chart_qry"),
    Span.MINUTE: _Chart("ka10080", "stk_min_pole_chart_qry"),
    Span.DAY: _Chart("ka10081", "stk_dt_pole_chart_qry"),
    Span.WEEK: _Chart("ka10082", "stk_stk_pole_chart_qry"),
    Span.MONTH: _Chart("ka10083", "stk_mth_pole_chart_qry"),
    Span.YEAR: _Chart("ka10094", "stk_yr_pole_chart_qry"),
}


def candles(
    broker: Broker,
    symbol: str,
    span: Span,
    *,
    minutes: int = 1,
    until: date | None = None,
    adjusted: bool = True,
    pages: int = 1,
) -> list[Candle]:
    """The latest candles up to ``until`` (today), oldest first; ``pages`` of 240 to 900 of them.

    ``minutes`` is the width of a minute candle (1, 3, 5, 10, 15, 30, 45, 60), or the ticks in a tick candle.
    ``adjusted`` for splits and the like (수정주가).
    """
    chart = CHARTS[span]
    fine = span in {Span.TICK, Span.MINUTE}
    body = {"stk_cd": symbol, "upd_stkpc_tp": "1" if adjusted else "0"}
    if fine:
        body["tic_scope"] = str(minutes)
    if span is not Span.TICK and (until or not fine):
        body["base_dt"] = writing.day(until or broker.now().date())
    told = broker.pages(chart.tr, body, most=pages)
    lines = [line for page in told for line in protocol.rows(page, chart.list_name)]
    read = _intraday if fine else _daily
    return [read(Row(chart.tr, line)) for line in reversed(lines) if not Row(chart.tr, line).blank()]


def _intraday(row: Row) -> Candle:
    return _candle(row, row.need(moment, "cntr_tm"), turnover="")


def _daily(row: Row) -> Candle:
    return _candle(row, datetime.combine(row.need(day, "dt"), time(), tzinfo=SEOUL), turnover="trde_prica")


def _candle(row: Row, at: datetime, *, turnover: str) -> Candle:
    return Candle(
        at=at,
        open=row.need(price, "open_pric"),
        high=row.need(price, "high_pric"),
        low=row.need(price, "low_pric"),
        close=row.need(price, "cur_prc"),
        volume=row.may(count, "trde_qty"),
        turnover=row.may(millions, turnover),
    )
