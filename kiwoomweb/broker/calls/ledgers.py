"""The account's books: booked rows (kt00015), worth by day (kt00002), executions of a day (kt00009)."""

from datetime import date
from decimal import Decimal

from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import BookedRow, ExecutionLine, Executions, Venue, WorthOfDay
from kiwoomweb.broker.wire import writing
from kiwoomweb.broker.wire.names import order_no, side, symbol, venue
from kiwoomweb.broker.wire.numbers import count, decimal, won
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import clock
from kiwoomweb.broker.wire.times import day as date_of

__all__ = ["booked", "executions_on", "worth"]


def booked(broker: Broker, start: date, end: date) -> list[BookedRow]:
    """위탁종합거래내역 (kt00015): everything booked from ``start`` to ``end``, oldest first.

    Trades are booked two trading days after they were made; the newest ones are therefore missing.
    """
    body = {"strt_dt": writing.day(start), "end_dt": writing.day(end), "tp": "0", "stk_cd": "", "crnc_cd": ""}
    body |= {"gds_tp": "0", "frgn_stex_code": "", "dmst_stex_tp": "%", "qry_sort_tp": "2"}
    rows = (Row("kt00015", line) for line in broker.rows("kt00015", body, "trst_ovrl_trde_prps_array"))
    return [_booked(row) for row in rows if not row.blank()]


def _booked(row: Row) -> BookedRow:
    settled_on = row.need(date_of, "trde_dt")
    return BookedRow(
        number=row.text("trde_no"),
        settled_on=settled_on,
        day=row.may(date_of, "cntr_dt") or settled_on,
        at=row.may(clock, "proc_tm"),
        note=row.text("rmrk_nm"),
        family=row.text("trde_kind_nm"),
        direction=row.text("io_tp_nm"),
        symbol=row.may(symbol, "stk_cd"),
        name=row.text("stk_nm"),
        quantity=row.may(count, "trde_qty_jwa_cnt"),
        unit_price=row.may(decimal, "trde_unit"),
        gross=row.may(won, "trde_amt"),
        settled=row.need(won, "exct_amt"),
        commission=row.may(won, "cmsn"),
        tax=row.may(won, "trde_agri_tax"),
        interest=row.may(won, "int_ls_usfe"),
        principal=row.may(won, "loan_amt_rpya"),
        loan_date=row.may(date_of, "loan_dt"),
        balance=row.need(won, "entra_remn"),
    )


def worth(broker: Broker, start: date, end: date) -> list[WorthOfDay]:
    """일별추정예탁자산현황 (kt00002): every calendar day of the span that the account existed on."""
    body = {"start_dt": writing.day(start), "end_dt": writing.day(end)}
    lines = broker.rows("kt00002", body, "daly_prsm_dpst_aset_amt_prst")
    return [_worth(row) for row in (Row("kt00002", line) for line in lines) if not row.blank()]


def _worth(row: Row) -> WorthOfDay:
    return WorthOfDay(
        day=row.need(date_of, "dt"),
        deposit=row.need(won, "entr"),
        collateral_loan=row.may(won, "grnt_use_amt"),
        credit_loan=row.may(won, "crd_loan"),
        short_collateral=row.may(won, "ls_grnt"),
        substitute=row.may(won, "repl_amt"),
        estimated_assets=row.need(won, "prsm_dpst_aset_amt"),
        without_funds=row.may(won, "prsm_dpst_aset_amt_bncr_skip"),
    )


def executions_on(broker: Broker, day: date) -> Executions:
    """계좌별주문체결현황 (kt00009) of one day, filled orders only. A day without any has no rows."""
    body = {"ord_dt": writing.day(day), "stk_bond_tp": "1", "mrkt_tp": "0", "sell_tp": "0", "qry_tp": "1"}
    body |= {"stk_cd": "", "fr_ord_no": "", "dmst_stex_tp": "%"}
    pages = list(broker.pages("kt00009", body))
    head = Row.of(pages[0])
    rows = (Row("kt00009", line) for page in pages for line in protocol.rows(page, "acnt_ord_cntr_prst_array"))
    lines = tuple(_execution(row) for row in rows if not row.blank())
    return Executions(head.may(won, "sell_grntl_engg_amt"), head.may(won, "buy_engg_amt"), lines)


def _execution(row: Row) -> ExecutionLine:
    quantity = row.need(count, "cntr_qty")
    return ExecutionLine(
        order_no=row.need(order_no, "ord_no"),
        fill_no=row.text("cntr_no").lstrip("0"),
        symbol=row.need(symbol, "stk_cd"),
        name=row.text("stk_nm"),
        side=row.need(side, "io_tp_nm"),
        label=row.text("io_tp_nm"),
        ordered=row.need(count, "ord_qty"),
        quantity=quantity,
        price=row.need(decimal, "cntr_uv") if quantity else Decimal(0),
        at=row.may(clock, "cntr_tm"),
        venue=row.may(venue, "dmst_stex_tp") or Venue.ALL,
    )
