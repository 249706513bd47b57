"""Names: the Korean words and small codes account replies use for kinds, sides and venues of an order."""

import re
from datetime import date

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.wire.writing import day
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.order_facts import Action, Order
from kiwoomweb.simulator.refusals import bad_input

__all__ = [
    "KINDS",
    "credit_code",
    "credit_name",
    "is_bare_code",
    "kind_name",
    "label",
    "listed_code",
    "loan_day",
    "lot_code",
    "paid_label",
    "sides",
    "venue_code",
    "venues",
]

#: ``trde_tp`` of an order -> 매매구분 as text (PROTOCOL 7.2, FID 906).
KINDS = {
    "0": "보통",
    "3": "시장가",
    "5": "조건부지정가",
    "6": "최유리지정가",
    "7": "최우선지정가",
    "10": "보통(IOC)",
    "13": "시장가(IOC)",
    "16": "최유리(IOC)",
    "20": "보통(FOK)",
    "23": "시장가(FOK)",
    "26": "최유리(FOK)",
    "28": "스톱지정가",
    "29": "중간가",
    "30": "중간가(IOC)",
    "31": "중간가(FOK)",
    "61": "장전시간외",
    "62": "시간외단일가",
    "81": "장후시간외",
}

#: account TRs: 0 통합, 1 KRX, 2 NXT. An SOR order is 통합 until it is executed somewhere.
VENUE_CODES = {Venue.KRX: "1", Venue.NXT: "2", Venue.SOR: "0", Venue.ALL: "0"}
SUFFIXES = {"": Venue.KRX, "_NX": Venue.NXT, "_AL": Venue.ALL}

#: 신용구분 of what was bought with one's own money.
OWN_SHARES = "00"

_CODE = re.compile(r"[0-9][0-9A-Z]{5}")


def kind_name(order: Order) -> str:
    return KINDS.get(order.kind, order.kind)


def label(order: Order) -> str:
    """주문구분: ``+매수`` (red in the trading program), ``-매도`` (blue), ``매수취소`` (neither)."""
    word = ("매수" if order.side is Side.BUY else "매도") + ("신용" if order.credit else "")
    if order.action is Action.CANCEL:
        return f"{word}취소"
    sign = "+" if order.side is Side.BUY else "-"
    return f"{sign}{word}{'정정' if order.action is Action.MODIFY else ''}"


def paid_label(order: Order) -> str:
    """주문구분 of kt00007 and kt00009: with whose money."""
    return f"{'신용' if order.credit else '현금'}{'매수' if order.side is Side.BUY else '매도'}"


def credit_code(order: Order) -> str:
    """신용구분 as FIDs 917 and 922 and ``crd_tp`` have it: ``00`` cash, ``33`` 융자, ``99`` 융자합."""
    return order.credit or OWN_SHARES


def credit_name(order: Order) -> str:
    """신용구분 in words."""
    return {Credit.CASH: "보통매매", Credit.LOAN: "융자", Credit.LOANS: "융자합"}[order.credit]


def lot_code(loan: date | None) -> str:
    """신용구분 of a lot; what a sale of it names in ``crd_deal_tp``."""
    return Credit.LOAN if loan else OWN_SHARES


def loan_day(loan: date | None, none: str = "00000000") -> str:
    """대출일; ``none`` where there is no loan (PROTOCOL 5.5: blank or zeros)."""
    return day(loan) if loan else none


def venue_code(venue: Venue) -> str:
    return VENUE_CODES[venue]


def venues(code: str) -> set[Venue]:
    """The venues a filter lets through: ``0``, ``%`` and blank all, ``1``/``KRX``, ``2``/``NXT``, ``SOR``."""
    named = {"1": Venue.KRX, "KRX": Venue.KRX, "2": Venue.NXT, "NXT": Venue.NXT, "SOR": Venue.SOR}
    return {named[code]} if code in named else set(Venue)


def sides(code: str) -> set[Side]:
    """매도수구분: 0 전체, 1 매도, 2 매수."""
    return {"1": {Side.SELL}, "2": {Side.BUY}}.get(code, set(Side))


def is_bare_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def listed_code(text: str) -> tuple[str, Venue]:
    """``005930_NX`` -> the bare code and the venue of its suffix; ``A005930`` and nonsense are rc 5, 1902."""
    code, underscore, suffix = text.partition("_")
    venue = SUFFIXES.get(f"{underscore}{suffix}")
    if venue is None or not is_bare_code(code):
        raise bad_input("1902", text, family=5)
    return code, venue
