"""Calls about sector indices: the level now (ka20001), candles (ka20004-ka20008, ka20019)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import SEOUL, IndexCandle, IndexQuote, Span
from kiwoomweb.broker.errors import UnknownSymbol
from kiwoomweb.broker.wire import times, writing
from kiwoomweb.broker.wire.numbers import count, decimal, millions, points, rate, scaled, thousands
from kiwoomweb.broker.wire.row import Row

__all__ = ["index_candles", "index_quote"]

#: The market a sector code belongs to, by its first digit: 시장구분 of ka20001 and its like.
MARKETS = {"0": "0", "1": "1", "2": "2"}


@dataclass(frozen=True, slots=True)
class _Chart:
    tr: str
    list_name: str
    volume: Callable[[str], int | None] = count


#: The volume of a day is in 천주 (PROTOCOL 5.6).
CHARTS = {
    Span.TICK: _Chart("ka20004", "inds_tic_chart_qry"),
    Span.MINUTE: _Chart("ka20005", "inds_min_pole_qry"),
    Span.DAY: _Chart("ka20006", "inds_dt_pole_qry", thousands),
    Span.WEEK: _Chart("ka20007", "inds_stk_pole_qry"),
    Span.MONTH: _Chart("ka20008", "inds_mth_pole_qry"),
    Span.YEAR: _Chart("ka20019", "inds_yr_pole_qry"),
}


def index_quote(broker: Broker, sector: str = "001") -> IndexQuote:
    """업종현재가 (ka20001) of a sector. Raises ``UnknownSymbol`` where the broker answers blanks."""
    body = {"mrkt_tp": MARKETS.get(sector[:1], "0"), "inds_cd": sector}
    row = Row.of(broker.call("ka20001", body))
    if row.blank("cur_prc"):
        raise UnknownSymbol(f"no such sector: {sector}", tr="ka20001")
    return IndexQuote(
        sector=sector,
        level=row.need(points, "cur_prc"),
        change=row.may(decimal, "pred_pre"),
        change_rate=row.may(rate, "flu_rt"),
        open=row.may(points, "open_pric"),
        high=row.may(points, "high_pric"),
        low=row.may(points, "low_pric"),
        volume=row.may(thousands, "trde_qty"),
        turnover=row.may(millions, "trde_prica"),
        at_upper_limit=row.may(count, "upl"),
        rising=row.may(count, "rising"),
        unchanged=row.may(count, "stdns"),
        falling=row.may(count, "fall"),
        at_lower_limit=row.may(count, "lst"),
        year_high=row.may(points, "52wk_hgst_pric"),
        year_low=row.may(points, "52wk_lwst_pric"),
    )


def index_candles(
    broker: Broker,
    sector: str,
    span: Span,
    *,
    minutes: int = 1,
    until: date | None = None,
    pages: int = 1,
) -> list[IndexCandle]:
    """The latest candles of a sector index up to ``until`` (today), oldest first; ``pages`` of them.

    ``minutes`` is the width of a minute candle (1, 3, 5, 10, 15, 30, 45, 60), or the ticks in a tick candle.
    """
    chart = CHARTS[span]
    fine = span in {Span.TICK, Span.MINUTE}
    body = {"inds_cd": sector}
    if fine:
        body["tic_scope"] = str(minutes)
    if span is not Span.TICK and (until or not fine):
        body["base_dt"] = writing.day(until or broker.now().date())
    told = broker.pages(chart.tr, body, most=pages)
    rows = [Row(chart.tr, line) for page in told for line in protocol.rows(page, chart.list_name)]
    return [_candle(row, chart, fine=fine) for row in reversed(rows) if not row.blank()]


def _candle(row: Row, chart: _Chart, *, fine: bool) -> IndexCandle:
    return IndexCandle(
        at=row.need(times.moment if fine else _midnight, "cntr_tm" if fine else "dt"),
        open=row.need(_level, "open_pric"),
        high=row.need(_level, "high_pric"),
        low=row.need(_level, "low_pric"),
        close=row.need(_level, "cur_prc"),
        volume=row.may(chart.volume, "trde_qty"),
        turnover=None if fine else row.may(millions, "trde_prica"),
    )


def _level(text: str) -> Decimal | None:
    """Charts write levels without their point, with a sign that is mere direction (PROTOCOL 5.2)."""
    value = scaled(text)
    return None if value is None else abs(value)


def _midnight(text: str) -> datetime | None:
    on = times.day(text)
    return None if on is None else datetime.combine(on, time(), tzinfo=SEOUL)
