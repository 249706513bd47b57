"""What the account is worth now: kt00003, kt00004, kt00005 (PROTOCOL 6.15-6.17).

Unlike kt00018 these two lists show values net of what selling would cost (PROTOCOL 6.1-4).
"""

from collections.abc import Mapping

from kiwoomweb.broker.wire.writing import prefixed
from kiwoomweb.simulator.account_facts import Deposit, Position
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.holdings import shown_positions
from kiwoomweb.simulator.replies.margins import power_by_rate
from kiwoomweb.simulator.replies.names import loan_day, lot_code
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import percent, rate

__all__ = ["estimated_assets", "filled_balance", "valuation"]

#: Rates of these two have four decimals.
PLACES = 4


def estimated_assets(ask: Ask) -> Said:
    """kt00003. No share of this market is ever delisted, so both ways of asking say the same."""
    return Said({"prsm_dpst_aset_amt": ask.exchange.deposit().estimated_assets})


def valuation(ask: Ask) -> Said:
    """kt00004. Profits of the day, the month and all time stay 0, as on real accounts (PROTOCOL 6.16)."""
    money, held = ask.exchange.deposit(), [one for one in ask.exchange.positions() if one.quantity]
    value = sum(one.value for one in held)
    zero = percent(rate(0, 0), ask.profile)
    head: dict[str, Value] = {
        "acnt_nm": "연습계좌",
        "brch_nm": "키움증권",
        "entr": money.cash,
        "d2_entra": money.d2,
        "tot_est_amt": value,
        "aset_evlt_amt": money.cash + value,
        "tot_pur_amt": sum(one.cost for one in held),
        "prsm_dpst_aset_amt": money.estimated_assets,
        "tdy_lspft_rt": zero,
        "lspft_ratio": zero,
        "lspft_rt": zero,
    }
    return Said(head, Rows("stk_acnt_evlt_prst", held, lambda one: _valued(ask, one)))


def filled_balance(ask: Ask) -> Said:
    """kt00005. 체결 기준: what was sold out today stays with quantity 0 (appendix B 17)."""
    money, lots = ask.exchange.deposit(), shown_positions(ask)
    cost, profit = sum(one.cost for one in lots), sum(one.profit for one in lots)
    totals: dict[str, Value] = {
        "stk_buy_tot_amt": cost,
        "evlt_amt_tot": sum(one.net_value for one in lots),
        "tot_pl_tot": profit,
        "tot_pl_rt": percent(rate(profit, cost, PLACES), ask.profile, PLACES),
    }
    return Said(_money(ask, money) | totals, Rows("stk_cntr_remn", lots, lambda one: _lot(ask, one)))


def _money(ask: Ask, money: Deposit) -> dict[str, Value]:
    return {
        "entr": money.cash,
        "entr_d1": money.d1,
        "entr_d2": money.d2,
        "pymn_alow_amt": money.withdrawable,
        "ord_alowa": money.buying_power,
        "ch_uncla": money.unpaid,
        "profa_ch": money.tied_up,
        "tot_re_buy_alowa": money.buying_power,
        **power_by_rate("{}ord_alow_amt", money.buying_power),
        "crd_loan_tot": money.owed,
        "crd_loan_ls_tot": money.owed,
        "crd_grnt_rt": percent(money.collateral_rate, ask.profile),
    }


def _valued(ask: Ask, one: Position) -> Mapping[str, Value]:
    return {
        "stk_cd": prefixed(one.code),
        "stk_nm": ask.name(one.code),
        "rmnd_qty": one.quantity,
        "avg_prc": int(one.average_cost),
        "cur_prc": one.price,
        "evlt_amt": one.net_value,
        "pl_amt": one.profit,
        "pl_rt": percent(rate(one.profit, one.cost, PLACES), ask.profile, PLACES),
        "loan_dt": loan_day(one.loan, none=""),
        "pur_amt": one.cost,
        "setl_remn": one.settled,
        "pred_buyq": one.bought_before,
        "pred_sellq": one.sold_before,
        "tdy_buyq": one.bought_today,
        "tdy_sellq": one.sold_today,
    }


def _lot(ask: Ask, one: Position) -> Mapping[str, Value]:
    return {
        "crd_tp": lot_code(one.loan),
        "loan_dt": loan_day(one.loan, none=""),
        "expr_dt": loan_day(one.expires, none=""),
        "stk_cd": prefixed(one.code),
        "stk_nm": ask.name(one.code),
        "setl_remn": one.settled,
        "cur_qty": one.quantity,
        "cur_prc": one.price,
        "buy_uv": int(one.average_cost),
        "pur_amt": one.cost,
        "evlt_amt": one.net_value,
        "evltv_prft": one.profit,
        "pl_rt": percent(rate(one.profit, one.cost, PLACES), ask.profile, PLACES),
    }
