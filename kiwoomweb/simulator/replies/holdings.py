"""Holdings and money: ka00001, ka01690, ka10085, kt00001, kt00018 (PROTOCOL 6.2, 6.3, 6.10, 6.13, 6.28)."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kiwoomweb.broker.wire.writing import day, directed, padded, prefixed
from kiwoomweb.simulator.account_facts import DaySnapshot, HeldAtClose, Position
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.margins import power_by_rate
from kiwoomweb.simulator.replies.names import loan_day, lot_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import percent, rate

__all__ = [
    "account_number",
    "balance",
    "deposit",
    "past_day",
    "positions",
    "shown_positions",
]

#: 개별, of kt00018.
SEPARATE = "2"


def account_number(ask: Ask) -> Said:
    """ka00001."""
    return Said({"acctNo": ask.account})


def deposit(ask: Ask) -> Said:
    """kt00001. ``profa_ch`` is what stands between 예수금 and 주문가능금액 (PROTOCOL 6.1-8)."""
    money = ask.exchange.deposit()
    power = money.buying_power
    head: dict[str, Value] = {
        "entr": money.cash,
        "profa_ch": money.tied_up,
        "pymn_alow_amt": money.withdrawable,
        "ord_alow_amt": power,
        "min_ord_alow_yn": power,
        "crd_grnta_ch": money.credit_deposit,
        "ch_uncla": money.unpaid,
        "ch_uncla_tot": money.unpaid,
        "loan_sum": money.owed,
        "crd_grnt_rt": percent(money.collateral_rate, ask.profile),
        "d1_entra": money.d1,
        "d1_slby_exct_amt": money.d1_net,
        "d1_buy_exct_amt": money.d1_bought,
        "d1_sel_exct_amt": money.d1_sold,
        "d1_pymn_alow_amt": money.withdrawable_tomorrow,
        "d2_entra": money.d2,
        "d2_slby_exct_amt": money.d2_net,
        "d2_buy_exct_amt": money.d2_bought,
        "d2_sel_exct_amt": money.d2_sold,
        "d2_pymn_alow_amt": max(0, money.d2 - money.reserved),
    }
    return Said(head | power_by_rate("{}stk_ord_alow_amt", power))


def balance(ask: Ask) -> Said:
    """kt00018. Without holdings the totals are 0 and the list is empty, the assets still show the cash.

    합산 adds up the lots of a share, 개별 lists own shares and every loan apart (PROTOCOL 11-48).
    """
    merged = ask.text("qry_tp") != SEPARATE
    held = [one for one in ask.exchange.positions(merged=merged) if one.quantity]
    owed = sum(one.owed for one in held)
    cost, value = sum(one.cost for one in held), sum(one.value for one in held)
    profit = sum(one.profit for one in held)
    head: dict[str, Value] = {
        "tot_pur_amt": cost,
        "tot_evlt_amt": value,
        "tot_evlt_pl": profit,
        "tot_prft_rt": percent(rate(profit, cost), ask.profile),
        "prsm_dpst_aset_amt": ask.exchange.deposit().estimated_assets,
        "tot_loan_amt": owed,
        "tot_crd_loan_amt": owed,
    }
    return Said(head, Rows("acnt_evlt_remn_indv_tot", held, lambda one: _holding(ask, one, value)))


def positions(ask: Ask) -> Said:
    """ka10085. Stocks sold out today stay in the list with quantity 0."""
    return Said(rows=Rows("acnt_prft_rt", shown_positions(ask), lambda one: _position(ask, one)))


def shown_positions(ask: Ask) -> Sequence[Position]:
    """What is held, and what was sold out today where this host shows it (appendix B 17)."""
    return [one for one in ask.exchange.positions() if one.quantity or ask.profile.closed_rows]


def past_day(ask: Ask) -> Said:
    """ka01690. The account at the close of a day; blank before it was opened and after today."""
    asked = ask.day("qry_dt") or ask.today
    closed = ask.exchange.day_snapshot(asked) if asked <= ask.today else None
    if closed is None:
        return Said(rows=Rows("day_bal_rt", [], _nothing))
    return Said(_day_head(closed), Rows("day_bal_rt", closed.holdings, lambda one: _held(ask, closed, one)))


def _holding(ask: Ask, one: Position, total: int) -> Mapping[str, Value]:
    return {
        "stk_cd": prefixed(one.code),
        "stk_nm": ask.name(one.code),
        "evltv_prft": one.profit,
        "prft_rt": percent(rate(one.profit, one.cost), ask.profile),
        "pur_pric": int(one.average_cost),
        "pred_close_pric": one.previous_close,
        "rmnd_qty": one.quantity,
        "trde_able_qty": one.sellable,
        "cur_prc": one.price,
        "pred_buyq": one.bought_before,
        "pred_sellq": one.sold_before,
        "tdy_buyq": one.bought_today,
        "tdy_sellq": one.sold_today,
        "pur_amt": one.cost,
        "pur_cmsn": one.commission,
        "evlt_amt": one.value,
        "sell_cmsn": one.sell_commission,
        "tax": one.sell_tax,
        "sum_cmsn": padded(one.commission + one.sell_commission, 15),
        "poss_rt": percent(rate(one.value, total), ask.profile),
        "crd_tp": lot_code(one.loan),
        "crd_tp_nm": "융자" if one.loan else "",
        "crd_loan_dt": loan_day(one.loan, none=""),
    }


def _position(ask: Ask, one: Position) -> Mapping[str, Value]:
    return {
        "stk_cd": one.code,
        "stk_nm": ask.name(one.code),
        "cur_prc": directed(one.price, one.previous_close),
        "pur_pric": int(one.average_cost.quantize(Decimal(1), ROUND_HALF_UP)),
        "pur_amt": one.cost,
        "rmnd_qty": one.quantity,
        "tdy_sel_pl": int(one.realised_today),
        "tdy_trde_cmsn": one.commission_today,
        "tdy_trde_tax": one.tax_today,
        "crd_tp": lot_code(one.loan),
        "loan_dt": loan_day(one.loan),
        "setl_remn": one.settled,
        "clrn_alow_qty": one.sellable,
        "crd_amt": one.owed,
        "crd_int": f"{one.interest}.00",
        "expr_dt": loan_day(one.expires),
    }


def _day_head(closed: DaySnapshot) -> dict[str, Value]:
    return {
        "dt": day(closed.day),
        "tot_buy_amt": closed.cost,
        "tot_evlt_amt": closed.value,
        "tot_evltv_prft": closed.profit,
        "tot_prft_rt": str(rate(closed.profit, closed.cost)),
        "dbst_bal": closed.cash,
        "day_stk_asst": closed.estimated_assets,
        "buy_wght": str(rate(closed.d2, closed.estimated_assets)),
    }


def _held(ask: Ask, closed: DaySnapshot, one: HeldAtClose) -> Mapping[str, Value]:
    return {
        "cur_prc": one.price,
        "stk_cd": one.code,
        "stk_nm": ask.name(one.code),
        "rmnd_qty": one.quantity,
        "buy_uv": int(one.average_cost),
        "buy_wght": str(rate(one.cost, closed.cost, 1)),
        "evltv_prft": one.profit,
        "prft_rt": str(rate(one.profit, one.cost)),
        "evlt_amt": one.value,
        "evlt_wght": str(rate(one.value, closed.value, 1)),
    }


def _nothing(_: None) -> Mapping[str, Value]:
    return {}
