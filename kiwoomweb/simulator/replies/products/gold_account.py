"""The gold account: kt50020 holdings, kt50021 money, kt50030, kt50031, kt50075 orders, kt50032 history.

PROTOCOL 6.29 and 6.1-11. Lists may be empty; clock times are ``HH:mm:ss``. Blank or zero on purpose: 대출일,
예약 and 반대, 미수 and 연체 speak of what a gold account does not have; money moves have no instrument.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.wire.writing import colon_clock, day, fixed, padded
from kiwoomweb.simulator.account_facts import CashKind
from kiwoomweb.simulator.order_facts import Action, Order
from kiwoomweb.simulator.products.gold_counter import GoldCounter, GoldHolding
from kiwoomweb.simulator.products.gold_ledger import GoldRow
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import sides
from kiwoomweb.simulator.replies.products.gold_door import gold_of
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import rate

__all__ = ["filled_or_not", "history", "holdings", "money", "open_orders", "orders_of_day"]

BONDS = "2"
KINDS = {"0": "보통", "10": "보통(IOC)", "20": "보통(FOK)"}
BRANCH, CLERK = "키움금융센터", "자동처리"
KIND_WORDS = {
    CashKind.BUY: "금현물매수",
    CashKind.SELL: "금현물매도",
    CashKind.DEPOSIT: "이체입금",
    CashKind.WITHDRAWAL: "이체출금",
}
MONEY, TRADES = (CashKind.DEPOSIT, CashKind.WITHDRAWAL), (CashKind.BUY, CashKind.SELL)
#: 구분 of kt50032. Nobody takes bars home here, so 2 출고 finds nothing.
CHOSEN: Mapping[str, Sequence[CashKind]] = {
    "": (*MONEY, *TRADES),
    "0": (*MONEY, *TRADES),
    "1": MONEY,
    "2": (),
    "3": TRADES,
    "4": (CashKind.BUY,),
    "5": (CashKind.SELL,),
    "6": (CashKind.DEPOSIT,),
    "7": (CashKind.WITHDRAWAL,),
}


def holdings(ask: Ask) -> Said:
    """kt50020."""
    gold = gold_of(ask)
    held, ledger = gold.holdings(), gold.ledger
    worth = sum(one.worth for one in held)
    head: dict[str, Value] = {
        "tot_entr": ledger.cash,
        "net_entr": ledger.d2,
        "tot_est_amt": worth,
        "net_amt": ledger.cash + worth,
        "tot_book_amt2": sum(one.cost for one in held),
        "tot_dep_amt": ledger.d2 + worth,
        "paym_alowa": _withdrawable(gold),
        "pl_amt": gold.realised_today,
    }
    return Said(head, Rows("gold_acnt_evlt_prst", held, lambda one: _holding(ask, one)))


def money(ask: Ask) -> Said:
    """kt50021. 추정 counts today's trades, which settle at four."""
    gold = gold_of(ask)
    ledger, bought, sold = gold.ledger, gold.ledger.pending(Side.BUY), gold.ledger.pending(Side.SELL)
    return Said(
        {
            "entra": ledger.cash,
            "profa_ch": gold.reserved,
            "prsm_entra": ledger.d2,
            "buy_exct_amt": bought,
            "sell_exct_amt": sold,
            "sell_buy_exct_amt": sold - bought,
            "prsm_pymn_alow_amt": max(ledger.d2 - gold.reserved, 0),
            "pymn_alow_amt": _withdrawable(gold),
            "ord_alow_amt": gold.buying_power,
        }
    )


def orders_of_day(ask: Ask) -> Said:
    """kt50030: everything of the day."""
    return Said(rows=Rows("acnt_ord_cntr_prst", _of_day(ask, "slby_tp"), lambda one: _settled_row(ask, one)))


def filled_or_not(ask: Ask) -> Said:
    """kt50031."""
    return Said(rows=Rows("acnt_ord_cntr_prps_dtl", _of_day(ask, "sell_tp"), lambda one: _timed_row(ask, one)))


def open_orders(ask: Ask) -> Said:
    """kt50075: what of the day's orders still waits."""
    waiting = [one for one in _of_day(ask, "sell_tp") if one.is_open]
    return Said(rows=Rows("acnt_ord_oso_prst", waiting, lambda one: _settled_row(ask, one)))


def history(ask: Ask) -> Said:
    """kt50032, oldest first. Executions charged together show commission and tax on the last of them alone."""
    gold, code = gold_of(ask), ask.text("stk_cd")
    rows = gold.rows(ask.day("strt_dt") or date.min, ask.day("end_dt") or ask.today)
    kinds = CHOSEN[ask.text("tp")]
    chosen = [row for row in rows if row.kind in kinds and code in {"", row.code}]
    account = f"{ask.account[:4]}-{ask.account[4]}***-{ask.account[8:]}"
    return Said({"acnt_print": account}, Rows("gold_trde_hist", chosen, lambda row: _history(gold, row)))


def _withdrawable(gold: GoldCounter) -> int:
    ledger = gold.ledger
    return max(min(ledger.cash, ledger.d2 - gold.reserved), 0)


def _name(gold: GoldCounter, code: str) -> str:
    found = gold.instrument(code)
    return found.name if found else ""


def _holding(ask: Ask, one: GoldHolding) -> Mapping[str, Value]:
    return {
        "stk_cd": one.code,
        "stk_nm": _name(gold_of(ask), one.code),
        "real_qty": one.quantity,
        "avg_prc": one.average,
        "cur_prc": one.price,
        "est_amt": one.worth,
        "est_lspft": one.profit,
        "est_ratio": fixed(rate(one.profit, one.cost, 4), 4),
        "cmsn": one.commission,
        "vlad_tax": one.vat,
        "book_amt2": one.cost,
        "pl_prch_prc": one.break_even,
        "qty": one.settled,
        "buy_qty": one.bought_today,
        "sell_qty": one.sold_today,
        "able_qty": one.sellable,
    }


WAITING: Mapping[str, Callable[[Order], bool]] = {
    "3": lambda order: order.remaining > 0,
    "4": lambda order: order.filled > 0,
}


def _any(order: Order) -> bool:
    return True


def _of_day(ask: Ask, side: str) -> list[Order]:
    """The day's orders that all filters of the request let through."""
    if ask.text("stk_bond_tp") == BONDS or ask.text("dmst_stex_tp") not in {"", "%", "KRX"}:
        return []
    gold, code, first = gold_of(ask), ask.text("stk_cd"), ask.text("fr_ord_no").zfill(7)
    wanted, fits = sides(ask.text(side)), WAITING.get(ask.text("qry_tp"), _any)
    found = [
        order
        for order in gold.orders_on(ask.day("ord_dt") or ask.today)
        if order.side in wanted and code in {"", order.code} and order.number >= first and fits(order)
    ]
    return found[::-1] if ask.text("qry_tp") == "2" else found


def _row(ask: Ask, order: Order) -> dict[str, Value]:
    """What all three lists of orders say alike."""
    return {
        "ord_no": order.number,
        "stk_cd": order.code,
        "stk_nm": _name(gold_of(ask), order.code),
        "trde_tp": KINDS[order.kind],
        "io_tp_nm": "현금매수" if order.side is Side.BUY else "현금매도",
        "ord_qty": order.quantity,
        "ord_uv": order.price,
        "cnfm_qty": order.confirmed,
        "cntr_qty": order.filled,
        "cntr_uv": int(order.average_price),
        "ord_remnq": order.remaining,
        "comm_ord_tp": order.channel,
        "dmst_stex_tp": "KRX",
        "cond_uv": order.stop_price,
    }


def _settled_row(ask: Ask, order: Order) -> Mapping[str, Value]:
    """kt50030 and kt50075."""
    return {
        **_row(ask, order),
        "stk_bond_tp": "1",
        "data_send_end_tp": "접수",
        "mrkt_deal_tp": "KRX금현물",
        "orig_ord_no": order.original,
        "dcd_tp_nm": "당일결제",
        "crd_deal_tp": "보통매매",
        "mdfy_cncl_tp": _mended(order),
    }


def _timed_row(ask: Ask, order: Order) -> Mapping[str, Value]:
    return {
        **_row(ask, order),
        "crd_tp": "보통매매",
        "acpt_tp": "접수",
        "ord_tm": colon_clock(order.placed_at),
        "ori_ord": order.original,
        "mdfy_cncl": _mended(order),
        "cnfm_tm": colon_clock(order.confirmed_at) if order.confirmed_at else "",
    }


def _mended(order: Order) -> str:
    return "" if order.action is Action.NEW else order.action.value


def _history(gold: GoldCounter, row: GoldRow) -> Mapping[str, Value]:
    return {
        "deal_dt": day(row.day),
        "deal_no": padded(row.number, 9),
        "rmrk_nm": KIND_WORDS[row.kind],
        "deal_qty": row.quantity,
        "gold_spot_vat": row.vat,
        "exct_amt": row.settled,
        "entra_remn": row.cash,
        "mdia_nm": row.channel,
        "orig_deal_no": "0000000",
        "stk_cd": row.code,
        "stk_nm": _name(gold, row.code) if row.code else "",
        "uv_exrt": row.price or "",
        "cmsn": row.commission,
        "spot_remn": row.grams,
        "proc_time": colon_clock(row.at),
        "rcpy_no": "000000000",
        "deal_amt": row.amount,
        "cntr_dt": day(row.day) if row.code else "",
        "proc_brch_nm": BRANCH,
        "prcsr": CLERK,
    }
