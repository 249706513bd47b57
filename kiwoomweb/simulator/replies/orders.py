"""Orders and fills: ka10075, ka10076, ka10088 of today, kt00007 and kt00009 of any day (PROTOCOL 6.7-6.20)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.wire.writing import clock, colon_clock, directed, padded, prefixed
from kiwoomweb.simulator.order_facts import Action, Fill, Order
from kiwoomweb.simulator.refusals import bad_input, ledger
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.names import (
    credit_name,
    kind_name,
    label,
    loan_day,
    paid_label,
    sides,
    venue_code,
    venues,
)
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.words import NO_ROWS_MOCK

__all__ = ["filled_today", "fills_of_day", "open_orders", "orders_of_day", "split_orders"]

ONE_STOCK = "1"
BONDS = "2"
VENUE_TEXT = {Venue.KRX: "KRX", Venue.NXT: "NXT", Venue.SOR: "SOR", Venue.ALL: "통합"}


def open_orders(ask: Ask) -> Said:
    """ka10075. What still waits, newest first. ``trde_tp`` is the side here, not the order type."""
    code = _one_stock(ask, "all_stk_tp")
    waiting = _let_through(ask.exchange.open_orders(), code, ask.text("trde_tp"), ask.text("stex_tp"))
    return Said(rows=Rows("oso", waiting[::-1], lambda order: _open(ask, order)))


def filled_today(ask: Ask) -> Said:
    """ka10076. One row per order with fills, newest first, older than ``ord_no`` when given."""
    code = _one_stock(ask, "qry_tp")
    orders = _let_through(ask.exchange.orders_on(ask.today), code, ask.text("sell_tp"), ask.text("stex_tp"))
    before = ask.text("ord_no")
    filled = [one for one in orders if one.fills and (not before or int(one.number) < _number(before))]
    return Said(rows=Rows("cntr", filled[::-1], lambda order: _filled(ask, order)))


def split_orders(ask: Ask) -> Said:
    """ka10088. The children of an SOR order; the number may come without its zeros."""
    children = ask.exchange.split_orders(ask.text("ord_no").zfill(7))
    return Said(rows=Rows("osop", children, lambda order: _child(ask, order)))


def orders_of_day(ask: Ask) -> Said:
    """kt00007. One row per order, fills summed up, modifications and cancellations as rows of their own."""
    orders = [] if ask.profile.kt00007_empty else _of_day(ask, ask.day("ord_dt") or ask.today)
    chosen = [order for order in orders if _KT00007[ask.text("qry_tp")](order)]
    if ask.text("qry_tp") == "2":
        chosen.reverse()
    words = NO_ROWS_MOCK if ask.profile.mock and not chosen else ""
    return Said(rows=Rows("acnt_ord_cntr_prps_dtl", chosen, lambda order: _past(ask, order)), words=words)


def fills_of_day(ask: Ask) -> Said:
    """kt00009. The mock host wants the day said; no row at all is a ledger refusal, not an empty list."""
    asked = ask.day("ord_dt") or (None if ask.profile.mock else ask.today)
    orders = _of_day(ask, asked) if asked else []
    orders = [one for one in orders if _in_market(ask, one) and (one.fills or ask.text("qry_tp") == "0")]
    if not orders:
        raise ledger("501724", "관련자료가없습니다")
    head: dict[str, Value] = {
        "sell_grntl_engg_amt": sum(one.amount for one in orders if one.side is Side.SELL),
        "buy_engg_amt": sum(one.amount for one in orders if one.side is Side.BUY),
        "engg_amt": sum(one.amount for one in orders),
    }
    lines = [line for order in orders for line in _lines(order, ask.profile.kt00009_rows == "execution")]
    return Said(head, Rows("acnt_ord_cntr_prst_array", lines, lambda line: _fill_line(ask, *line)))


_KT00007: Mapping[str, Callable[[Order], bool]] = {
    "1": lambda order: True,
    "2": lambda order: True,
    "3": lambda order: order.remaining > 0,
    "4": lambda order: order.filled > 0,
}


def _one_stock(ask: Ask, switch: str) -> str:
    """The stock asked for, blank for all. ``1`` without a code is a missing input."""
    if ask.text(switch) != ONE_STOCK:
        return ""
    if not ask.text("stk_cd"):
        raise bad_input("1511", "stk_cd")
    return ask.text("stk_cd")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise bad_input("1517", "ord_no", "숫자가 아닙니다")
    return int(text)


def _let_through(orders: Sequence[Order], code: str, side: str, venue: str) -> list[Order]:
    wanted_sides, wanted_venues = sides(side), venues(venue)
    return [
        order
        for order in orders
        if order.side in wanted_sides and order.venue in wanted_venues and code in {"", order.code}
    ]


def _of_day(ask: Ask, asked: date) -> list[Order]:
    if ask.text("stk_bond_tp") == BONDS:
        return []
    orders = ask.exchange.orders_on(asked)
    first = ask.text("fr_ord_no").zfill(7)
    through = _let_through(orders, ask.text("stk_cd"), ask.text("sell_tp"), ask.text("dmst_stex_tp"))
    return [order for order in through if order.number >= first]


def _in_market(ask: Ask, order: Order) -> bool:
    """시장구분: 0 전체, 1 코스피, 2 코스닥; nothing of ours trades on 3 OTCBB or 4 ECN."""
    wanted = ask.text("mrkt_tp")
    if wanted == "0":
        return True
    found = ask.exchange.instrument(order.code)
    is_kosdaq = found is not None and found.market == "KOSDAQ"
    return wanted == ("2" if is_kosdaq else "1")


def _open(ask: Ask, order: Order) -> Mapping[str, Value]:
    quote = ask.exchange.quote(order.code)
    last = order.fills[-1] if order.fills else None
    return {
        **_common(ask, order),
        "acnt_no": ask.account,
        "oso_qty": order.remaining,
        "cntr_tot_amt": order.amount,
        "tm": clock(order.placed_at),
        "ord_stt": "확인" if order.action is Action.MODIFY else "접수",
        "cntr_no": last.number if last else "",
        "cntr_pric": int(order.average_price),
        "cntr_qty": order.filled,
        "cur_prc": directed(quote.price, quote.base_price),
        "sel_bid": directed(quote.best_ask, quote.base_price),
        "buy_bid": directed(quote.best_bid, quote.base_price),
        "unit_cntr_pric": last.price if last else 0,
        "unit_cntr_qty": last.quantity if last else 0,
        "tdy_trde_cmsn": order.commission,
        "tdy_trde_tax": order.tax,
        "ind_invsr": "",
    }


def _filled(ask: Ask, order: Order) -> Mapping[str, Value]:
    return {
        **_common(ask, order),
        "cntr_pric": int(order.average_price),
        "cntr_qty": order.filled,
        "oso_qty": order.remaining,
        "tdy_trde_cmsn": order.commission,
        "tdy_trde_tax": order.tax,
        "ord_stt": "체결",
        "ord_tm": clock(order.placed_at),
    }


def _common(ask: Ask, order: Order) -> dict[str, Value]:
    """What ka10075 and ka10076 say alike."""
    return {
        "ord_no": order.number,
        "stk_cd": order.code,
        "stk_nm": ask.name(order.code),
        "io_tp_nm": label(order),
        "ord_pric": order.price,
        "ord_qty": order.quantity,
        "trde_tp": kind_name(order),
        "orig_ord_no": order.original,
        "stex_tp": venue_code(order.venue),
        "stex_tp_txt": VENUE_TEXT[order.venue],
        "sor_yn": "Y" if order.venue is Venue.SOR else "N",
        "stop_pric": order.stop_price,
    }


def _child(ask: Ask, order: Order) -> Mapping[str, Value]:
    quote = ask.exchange.quote(order.code)
    return {
        "stk_cd": order.code,
        "stk_nm": ask.name(order.code),
        "ord_no": order.number,
        "ord_qty": order.quantity,
        "ord_pric": order.price,
        "osop_qty": order.remaining,
        "io_tp_nm": label(order),
        "trde_tp": kind_name(order),
        "sell_tp": "1" if order.side is Side.SELL else "2",
        "cntr_qty": order.filled,
        "ord_stt": "체결" if order.fills and not order.remaining else "접수",
        "cur_prc": directed(quote.price, quote.base_price),
        "stex_tp": venue_code(order.venue),
        "stex_tp_txt": f"S-{VENUE_TEXT[order.venue]}",
    }


def _past(ask: Ask, order: Order) -> Mapping[str, Value]:
    return {
        **_dated(ask, order),
        "crd_tp": credit_name(order),
        "loan_dt": loan_day(order.loan, none=""),
        "ord_tm": colon_clock(order.placed_at),
        "ori_ord": order.original,
        "cntr_qty": order.filled,
        "cntr_uv": int(order.average_price),
        "ord_remnq": order.remaining,
        "mdfy_cncl": _mended(order),
        "cnfm_tm": colon_clock(order.confirmed_at) if order.confirmed_at else "",
    }


def _dated(ask: Ask, order: Order) -> dict[str, Value]:
    """What kt00007 and kt00009 say alike."""
    return {
        "ord_no": order.number,
        "stk_cd": prefixed(order.code),
        "stk_nm": ask.name(order.code),
        "trde_tp": kind_name(order),
        "io_tp_nm": paid_label(order),
        "ord_qty": order.quantity,
        "ord_uv": order.price,
        "cnfm_qty": order.confirmed,
        "acpt_tp": "접수",
        "comm_ord_tp": order.channel,
        "dmst_stex_tp": VENUE_TEXT[order.venue],
        "cond_uv": order.stop_price,
    }


def _lines(order: Order, per_execution: bool) -> list[tuple[Order, tuple[Fill, ...]]]:
    """One line per order with all its fills, or (a knob) one per execution."""
    if per_execution and order.fills:
        return [(order, (fill,)) for fill in order.fills]
    return [(order, order.fills)]


def _fill_line(ask: Ask, order: Order, fills: tuple[Fill, ...]) -> Mapping[str, Value]:
    quantity = sum(fill.quantity for fill in fills)
    return {
        **_dated(ask, order),
        "stk_bond_tp": "1",
        "cntr_no": padded(fills[-1].number if fills else 0, 7),
        "orig_ord_no": order.original,
        "setl_tp": "삼일결제",
        "crd_deal_tp": credit_name(order),
        "cntr_qty": quantity,
        "cntr_uv": sum(fill.amount for fill in fills) // quantity if quantity else 0,
        "mdfy_cncl_tp": _mended(order),
        "cntr_tm": colon_clock(fills[-1].at) if fills else "",
    }


def _mended(order: Order) -> str:
    return "" if order.action is Action.NEW else order.action.value
