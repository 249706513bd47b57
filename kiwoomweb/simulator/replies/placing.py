"""Orders: kt10000 buy, kt10001 sell, kt10002 modify, kt10003 cancel, and kt10006-kt10009 the same on credit.

PROTOCOL 7.1-7.4. The same body twice is two orders: nothing in an order identifies a repetition. What the
ledger refuses (``OrderRefused``) becomes a reply at the gate.
"""

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.order_facts import Order
from kiwoomweb.simulator.refusals import bad_input, ledger
from kiwoomweb.simulator.replies.asking import Ask, Said
from kiwoomweb.simulator.replies.names import is_bare_code
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["buy", "buy_credit", "cancel", "cancel_credit", "modify", "modify_credit", "sell", "sell_credit"]


def buy(ask: Ask) -> Said:
    """kt10000."""
    return _placed(ask, Side.BUY)


def sell(ask: Ask) -> Said:
    """kt10001."""
    return _placed(ask, Side.SELL)


def modify(ask: Ask) -> Said:
    """kt10002. Quantity 0 is all that remains; the answer says how many that was."""
    return _modified(ask, Credit.CASH)


def cancel(ask: Ask) -> Said:
    """kt10003. Its answer names no exchange."""
    return _cancelled(ask, Credit.CASH)


def buy_credit(ask: Ask) -> Said:
    """kt10006. The broker lends what the share's 보증금율 leaves open; the loan carries today's date."""
    return _placed(ask, Side.BUY, Credit.LOAN)


def sell_credit(ask: Ask) -> Said:
    """kt10007. ``33`` repays the loan of the date it names, ``99`` all loans of the share, oldest first."""
    credit = Credit(ask.text("crd_deal_tp"))
    if credit is Credit.LOAN and not ask.text("crd_loan_dt"):
        raise bad_input("1511", "crd_loan_dt")
    return _placed(ask, Side.SELL, credit)


def modify_credit(ask: Ask) -> Said:
    """kt10008."""
    return _modified(ask, Credit.LOAN)


def cancel_credit(ask: Ask) -> Said:
    """kt10009."""
    return _cancelled(ask, Credit.LOAN)


def _placed(ask: Ask, side: Side, credit: Credit = Credit.CASH) -> Said:
    order = ask.exchange.place(
        side,
        _listed(ask),
        ask.count("ord_qty"),
        ask.count("ord_uv"),
        kind=ask.text("trde_tp"),
        venue=_venue(ask),
        stop_price=ask.count("cond_uv"),
        credit=credit,
        loan=ask.day("crd_loan_dt") if credit is Credit.LOAN else None,
    )
    word = f"{'신용 ' if credit else ''}{_side(order)}"
    words = f"모의투자 {word}주문완료" if ask.profile.mock else f"{word}주문이 완료되었습니다."
    return Said({"ord_no": order.number, **_named_venue(ask)}, words=words)


def _modified(ask: Ask, credit: Credit) -> Said:
    order = ask.exchange.modify(
        *_named(ask),
        ask.count("mdfy_qty"),
        ask.count("mdfy_uv"),
        venue=_venue(ask),
        stop_price=ask.count("mdfy_cond_uv"),
        credit=credit,
    )
    words = "모의투자 정정주문완료" if ask.profile.mock else f"{_side(order)}정정 주문입력이 완료되었습니다"
    return Said({**_numbers(order), "mdfy_qty": order.confirmed, **_named_venue(ask)}, words=words)


def _cancelled(ask: Ask, credit: Credit) -> Said:
    order = ask.exchange.cancel(*_named(ask), ask.count("cncl_qty"), venue=_venue(ask), credit=credit)
    words = "모의투자 취소주문완료" if ask.profile.mock else f"{_side(order)}취소 주문입력이 완료되었습니다"
    return Said({**_numbers(order), "cncl_qty": order.confirmed}, words=words)


def _numbers(order: Order) -> dict[str, Value]:
    """The new number and the first of its chain (모주문)."""
    return {"ord_no": order.number, "base_orig_ord_no": order.root}


def _named_venue(ask: Ask) -> dict[str, Value]:
    return {"dmst_stex_tp": ask.text("dmst_stex_tp")}


def _named(ask: Ask) -> tuple[str, str]:
    return ask.text("orig_ord_no").zfill(7), _code(ask)


def _code(ask: Ask) -> str:
    """Orders take the bare code only; the exchange is a field of its own."""
    code = ask.text("stk_cd")
    if not is_bare_code(code) or ask.exchange.quoted(code) is None:
        raise bad_input("1902", code, family=5)
    return code


def _listed(ask: Ask) -> str:
    """The code of a share or fund. A warrant wants a registration this account has not made."""
    code = _code(ask)
    if ask.exchange.instrument(code) is None:
        raise ledger("509247", "ELW 거래신청 등록 후 주문이 가능합니다.")
    return code


def _venue(ask: Ask) -> Venue:
    return Venue(ask.text("dmst_stex_tp"))


def _side(order: Order) -> str:
    return "매수" if order.side is Side.BUY else "매도"
