"""What lies in the account: cash (kt00001), holdings (kt00018), holdings with today's result (ka10085), and
all of it as it was at the close of a past day (ka01690)."""

from datetime import date

from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import Balance, Closing, ClosingLine, Deposit, Holding, Position
from kiwoomweb.broker.wire import writing
from kiwoomweb.broker.wire.names import symbol
from kiwoomweb.broker.wire.numbers import count, nearest_won, price, rate, won
from kiwoomweb.broker.wire.row import Row
from kiwoomweb.broker.wire.times import day

__all__ = ["balance", "closing", "deposit", "positions"]


def deposit(broker: Broker) -> Deposit:
    """예수금상세현황 (kt00001), estimated: today's trades included. Won."""
    row = Row.of(broker.call("kt00001", {"qry_tp": "3"}))
    return Deposit(
        cash=row.need(won, "entr"),
        withdrawable=row.need(won, "pymn_alow_amt"),
        buying_power=row.need(won, "ord_alow_amt"),
        d1=row.need(won, "d1_entra"),
        d2=row.need(won, "d2_entra"),
    )


def balance(broker: Broker) -> Balance:
    """계좌평가잔고내역 (kt00018), one line a lot: cash and each loan of a symbol apart."""
    pages = list(broker.pages("kt00018", {"qry_tp": "2", "dmst_stex_tp": "KRX"}))
    head = Row.of(pages[0])
    lines = [line for page in pages for line in protocol.rows(page, "acnt_evlt_remn_indv_tot")]
    return Balance(
        cost=head.need(won, "tot_pur_amt"),
        value=head.need(won, "tot_evlt_amt"),
        profit=head.need(won, "tot_evlt_pl"),
        return_rate=head.need(rate, "tot_prft_rt"),
        estimated_assets=head.need(won, "prsm_dpst_aset_amt"),
        holdings=tuple(_holding(Row("kt00018", line)) for line in lines),
        loan=head.may(won, "tot_crd_loan_amt"),
    )


def _holding(row: Row) -> Holding:
    return Holding(
        symbol=row.need(symbol, "stk_cd"),
        name=row.text("stk_nm"),
        quantity=row.need(count, "rmnd_qty"),
        sellable=row.need(count, "trde_able_qty"),
        average_cost=row.need(won, "pur_pric"),
        cost=row.need(won, "pur_amt"),
        price=row.need(price, "cur_prc"),
        previous_close=row.need(price, "pred_close_pric"),
        value=row.need(won, "evlt_amt"),
        profit=row.need(won, "evltv_prft"),
        return_rate=row.need(rate, "prft_rt"),
        weight=row.need(rate, "poss_rt"),
        commission=row.need(won, "sum_cmsn"),
        tax=row.need(won, "tax"),
        bought_today=row.need(count, "tdy_buyq"),
        sold_today=row.need(count, "tdy_sellq"),
        credit=row.text("crd_tp_nm"),
        loan_date=row.may(day, "crd_loan_dt"),
    )


def positions(broker: Broker) -> list[Position]:
    """계좌수익률 (ka10085), one line a lot; what was sold out today stays in the list."""
    lines = broker.rows("ka10085", {"stex_tp": "0"}, "acnt_prft_rt")
    return [_position(Row("ka10085", line)) for line in lines]


def _position(row: Row) -> Position:
    return Position(
        symbol=row.need(symbol, "stk_cd"),
        name=row.text("stk_nm"),
        quantity=row.need(count, "rmnd_qty"),
        average_cost=row.need(nearest_won, "pur_pric"),
        cost=row.need(nearest_won, "pur_amt"),
        price=row.need(price, "cur_prc"),
        realised_today=row.need(nearest_won, "tdy_sel_pl"),
        commission_today=row.need(won, "tdy_trde_cmsn"),
        tax_today=row.need(won, "tdy_trde_tax"),
        credit=row.text("crd_tp"),
        loan_date=row.may(day, "loan_dt"),
    )


def closing(broker: Broker, on: date) -> Closing | None:
    """일별잔고수익률 (ka01690): the account at the close of ``on``; ``None`` where the broker has no such day.

    Lots of a symbol are lines of their own. The paper host does not offer it (PROTOCOL 6.3).
    """
    pages = list(broker.pages("ka01690", {"qry_dt": writing.day(on)}))
    head = Row.of(pages[0])
    lines = (Row("ka01690", line) for page in pages for line in protocol.rows(page, "day_bal_rt"))
    held = tuple(_closing_line(row) for row in lines if not row.blank())
    if not held and head.blank("dbst_bal", "day_stk_asst"):
        return None
    return Closing(
        cost=head.need(won, "tot_buy_amt"),
        value=head.need(won, "tot_evlt_amt"),
        profit=head.need(won, "tot_evltv_prft"),
        cash=head.need(won, "dbst_bal"),
        estimated_assets=head.need(won, "day_stk_asst"),
        lines=held,
    )


def _closing_line(row: Row) -> ClosingLine:
    return ClosingLine(
        symbol=row.need(symbol, "stk_cd"),
        name=row.text("stk_nm"),
        quantity=row.need(count, "rmnd_qty"),
        average_cost=row.need(nearest_won, "buy_uv"),
        price=row.need(price, "cur_prc"),
        value=row.need(won, "evlt_amt"),
        profit=row.need(won, "evltv_prft"),
    )
