"""Calls that order: buy, sell, modify, cancel, of shares, of shares on credit, of gold (PROTOCOL 7.1-7.4).

    shares   kt10000 buy  kt10001 sell  kt10002 modify  kt10003 cancel
    credit   kt10006      kt10007       kt10008         kt10009
    gold     kt50000      kt50001       kt50002         kt50003

Each sends at most one request and returns a ``Receipt``, or raises ``NotAccepted``, whose judgement says
whether the order may exist all the same. Nothing in an order identifies a repetition: sent twice is two orders.
"""

import json
from datetime import date
from typing import Protocol

from kiwoomweb.broker.domain import CreditKind, OrderKind, Receipt, Side, Venue, is_gold
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.order_answers import Answer, Reached, SendFailed, quietly
from kiwoomweb.broker.ordering_outcome import NotAccepted, Outcome, judge
from kiwoomweb.broker.protocol import Body
from kiwoomweb.broker.wire import writing
from kiwoomweb.broker.wire.numbers import count
from kiwoomweb.broker.wire.ordering import credit_code, kind_code

__all__ = ["ALL_REMAINING", "OrderDoor", "cancel", "modify", "place", "tr_of"]

#: The quantity that means: whatever is left of the order.
ALL_REMAINING = 0

_PLACE = {
    ("share", Side.BUY): "kt10000",
    ("share", Side.SELL): "kt10001",
    ("credit", Side.BUY): "kt10006",
    ("credit", Side.SELL): "kt10007",
    ("gold", Side.BUY): "kt50000",
    ("gold", Side.SELL): "kt50001",
}
_MODIFY = {"share": "kt10002", "credit": "kt10008", "gold": "kt50002"}
_CANCEL = {"share": "kt10003", "credit": "kt10009", "gold": "kt50003"}
_VENUES = frozenset({Venue.KRX, Venue.NXT, Venue.SOR})


class OrderDoor(Protocol):
    """Somebody who sends one order, once: ``client.Client``, as this module knows it."""

    environment: Environment

    def send_once(self, tr_id: str, body: Body, *, reached: Reached = quietly) -> Answer:
        """One request, one answer. Raises ``SendFailed``."""
        ...


def tr_of(act: str, side: Side, symbol: str, credit: CreditKind | None = None) -> str:
    """The TR of an order: ``act`` is ``place``, ``modify`` or ``cancel``.

    >>> tr_of("place", Side.BUY, "005930")
    'kt10000'
    """
    market = _market(symbol, credit)
    return _PLACE[market, side] if act == "place" else {"modify": _MODIFY, "cancel": _CANCEL}[act][market]


def place(
    broker: OrderDoor,
    *,
    side: Side,
    symbol: str,
    quantity: int,
    kind: OrderKind,
    price: int | None = None,
    venue: Venue = Venue.KRX,
    stop_price: int | None = None,
    credit: CreditKind | None = None,
    loan_day: date | None = None,
    reached: Reached = quietly,
) -> Receipt:
    """A new order. ``price`` is given exactly where the kind is priced, ``stop_price`` where it is a stop.

    ``credit`` LOAN on a sale repays the loan of ``loan_day``, LOANS all loans of the share.
    Raises ``ValueError`` for what cannot be said on the wire (nothing is sent), ``NotAccepted``.
    """
    _insist((price is not None) == kind.is_priced, f"{kind} and price {price}")
    _insist((stop_price is not None) == kind.is_stop, f"{kind} and stop price {stop_price}")
    _insist(quantity > 0, f"quantity {quantity}")
    market = _market(symbol, credit)
    body = {"stk_cd": symbol, "ord_qty": str(quantity), "ord_uv": _price(price)}
    body["trde_tp"] = kind_code(kind, gold=market == "gold")
    if market != "gold":
        body |= {"dmst_stex_tp": _venue(venue), "cond_uv": _price(stop_price)}
    if market == "credit" and side is Side.SELL and credit:
        _insist((credit is CreditKind.LOAN) == (loan_day is not None), f"{credit} and loan day {loan_day}")
        body |= {"crd_deal_tp": credit_code(credit), "crd_loan_dt": writing.day(loan_day)}
    return _sent(broker, tr_of("place", side, symbol, credit), body, reached)


def modify(
    broker: OrderDoor,
    *,
    order_no: str,
    symbol: str,
    price: int,
    quantity: int = ALL_REMAINING,
    venue: Venue = Venue.KRX,
    stop_price: int | None = None,
    credit: CreditKind | None = None,
    reached: Reached = quietly,
) -> Receipt:
    """정정: so many shares of an order (0: all that remain) at another price, under a new number.

    Kind, side and symbol cannot change. Raises as ``place`` does.
    """
    _insist(price > 0 and quantity >= 0, f"{quantity} at {price}")
    market = _market(symbol, credit)
    body = {"orig_ord_no": _number(order_no), "stk_cd": symbol}
    body |= {"mdfy_qty": str(quantity), "mdfy_uv": str(price)}
    if market != "gold":
        body |= {"dmst_stex_tp": _venue(venue), "mdfy_cond_uv": _price(stop_price)}
    return _sent(broker, _MODIFY[market], body, reached)


def cancel(
    broker: OrderDoor,
    *,
    order_no: str,
    symbol: str,
    quantity: int = ALL_REMAINING,
    venue: Venue = Venue.KRX,
    credit: CreditKind | None = None,
    reached: Reached = quietly,
) -> Receipt:
    """취소: so many shares of an order, 0 for all that remain. Raises as ``place`` does."""
    _insist(quantity >= 0, f"quantity {quantity}")
    market = _market(symbol, credit)
    body = {"orig_ord_no": _number(order_no), "stk_cd": symbol, "cncl_qty": str(quantity)}
    if market != "gold":
        body["dmst_stex_tp"] = _venue(venue)
    return _sent(broker, _CANCEL[market], body, reached)


def _sent(broker: OrderDoor, tr_id: str, body: Body, reached: Reached) -> Receipt:
    try:
        answer = broker.send_once(tr_id, body, reached=reached)
    except SendFailed as failure:
        judgement = judge(failure, broker.environment)
    else:
        judgement = judge(answer, broker.environment)
        if judgement.outcome is Outcome.ACCEPTED:
            return _receipt(answer, judgement.order_no, judgement.said)
    raise NotAccepted(judgement, tr_id)


def _receipt(answer: Answer, order_no: str, said: str) -> Receipt:
    """The side facts are read leniently: an order that was taken is taken, however its echo looks."""
    fields = {name: str(value).strip() for name, value in json.loads(answer.content).items()}
    root = fields.get("base_orig_ord_no", "")
    is_number = root.isascii() and root.isdigit() and len(root) <= 7 and root.strip("0")
    return Receipt(
        order_no=order_no,
        root_no=root.zfill(7) if is_number else "",
        quantity=_quantity(fields.get("mdfy_qty") or fields.get("cncl_qty") or ""),
        venue=next((one for one in _VENUES if one == fields.get("dmst_stex_tp")), None),
        said=said,
        status=answer.status,
        raw=answer.content,
    )


def _quantity(text: str) -> int | None:
    try:
        return count(text)
    except ValueError:
        return None


def _market(symbol: str, credit: CreditKind | None) -> str:
    if is_gold(symbol):
        _insist(credit is None, "gold is not bought on credit")
        return "gold"
    return "credit" if credit else "share"


def _venue(venue: Venue) -> str:
    _insist(venue in _VENUES, f"no order goes to {venue}")
    return venue.value


def _number(order_no: str) -> str:
    _insist(order_no.isascii() and order_no.isdigit() and len(order_no) <= 7, f"order number {order_no!r}")
    return order_no.zfill(7)


def _price(price: int | None) -> str:
    """Whole won without separators, blank where the kind takes none."""
    _insist(price is None or price > 0, f"price {price}")
    return writing.plain(price)


def _insist(is_so: bool, what: str) -> None:
    if not is_so:
        raise ValueError(f"cannot be ordered: {what}")
