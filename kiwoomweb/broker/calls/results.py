"""What was realised: by day (ka10074); by sale in a period (ka10073), on a day (ka10072), today (ka10077)."""

from datetime import date

from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import RealisedDay, RealisedPeriod, RealisedSale, Won
from kiwoomweb.broker.protocol import Reply
from kiwoomweb.broker.wire import writing
from kiwoomweb.broker.wire.names import symbol as code
from kiwoomweb.broker.wire.numbers import count, decimal, nearest_won, rate, won
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import day as date_of

__all__ = ["realised", "sales", "sales_on", "sales_today"]


def realised(broker: Broker, start: date, end: date) -> RealisedPeriod:
    """일자별실현손익 (ka10074) from ``start`` to ``end``; only days with a realised result have a line.

    Its days are not the exact sum of the sales: the broker cuts commissions on the day's total (PROTOCOL 6.1).
    """
    pages = list(broker.pages("ka10074", {"strt_dt": writing.day(start), "end_dt": writing.day(end)}))
    head = Row.of(pages[0])
    return RealisedPeriod(
        bought=head.need(won, "tot_buy_amt"),
        sold=head.need(won, "tot_sell_amt"),
        realised=head.need(nearest_won, "rlzt_pl"),
        commission=head.need(won, "trde_cmsn"),
        tax=head.need(won, "trde_tax"),
        days=tuple(_day(row) for page in pages for row in _rows(page, "dt_rlzt_pl")),
    )


def _day(row: Row) -> RealisedDay:
    return RealisedDay(
        day=row.need(date_of, "dt"),
        bought=row.need(won, "buy_amt"),
        sold=row.need(won, "sell_amt"),
        realised=row.need(nearest_won, "tdy_sel_pl"),
        commission=row.need(won, "tdy_trde_cmsn"),
        tax=row.need(won, "tdy_trde_tax"),
    )


def sales(broker: Broker, start: date, end: date, symbol: str = "") -> list[RealisedSale]:
    """일자별종목별실현손익_기간 (ka10073): every sale of the period with its day, of one symbol or of all."""
    body = {"stk_cd": symbol, "strt_dt": writing.day(start), "end_dt": writing.day(end)}
    rows = (row for page in broker.pages("ka10073", body) for row in _rows(page, "dt_stk_rlzt_pl"))
    return [_sale(row, row.need(date_of, "dt")) for row in rows]


def sales_on(broker: Broker, day: date, symbol: str = "") -> list[RealisedSale]:
    """일자별종목별실현손익_일자 (ka10072): the sales of one day; the lines themselves carry no day."""
    pages = broker.pages("ka10072", {"stk_cd": symbol, "strt_dt": writing.day(day)})
    return [_sale(row) for page in pages for row in _rows(page, "dt_stk_div_rlzt_pl")]


def sales_today(broker: Broker, symbol: str) -> tuple[Won, list[RealisedSale]]:
    """당일실현손익상세 (ka10077) of one symbol: today's result in won, and its sales."""
    pages = list(broker.pages("ka10077", {"stk_cd": symbol}))
    rows = [row for page in pages for row in _rows(page, "tdy_rlzt_pl_dtl")]
    return Row.of(pages[0]).need(nearest_won, "tdy_rlzt_pl"), [_sale(row) for row in rows]


def _rows(page: Reply, name: str) -> list[Row]:
    """The rows of a page that say anything: a day without any may be told as one blank row (PROTOCOL 2.6)."""
    rows = (Row(page.tr, line) for line in protocol.rows(page, name))
    return [row for row in rows if not row.blank()]


def _sale(row: Row, day: date | None = None) -> RealisedSale:
    said_more = row.tr != "ka10077"  # today's detail names neither credit nor loan
    return RealisedSale(
        day=day,
        symbol=row.need(code, "stk_cd"),
        name=row.text("stk_nm"),
        quantity=row.need(count, "cntr_qty"),
        buy_price=row.need(decimal, "buy_uv"),
        sell_price=row.need(decimal, "cntr_pric"),
        realised=row.need(nearest_won, "tdy_sel_pl"),
        return_rate=row.need(rate, "pl_rt"),
        commission=row.need(won, "tdy_trde_cmsn"),
        tax=row.need(won, "tdy_trde_tax"),
        credit=row.text("crd_tp") if said_more else "",
        loan_date=row.may(date_of, "loan_dt") if said_more else None,
    )
