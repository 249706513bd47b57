"""Order kinds on the wire: ``trde_tp`` and ``crd_deal_tp`` (PROTOCOL 7.1, 7.2).

Shares write one digit where gold writes two (``0`` and ``00``), and gold knows three kinds only.
"""

from kiwoomweb.broker.domain import CreditKind, OrderKind

__all__ = ["CREDIT_CODES", "GOLD_CODES", "KIND_CODES", "credit_code", "kind_code", "kind_of"]

KIND_CODES = {
    OrderKind.LIMIT: "0",
    OrderKind.MARKET: "3",
    OrderKind.CONDITIONAL: "5",
    OrderKind.AFTER_CLOSE: "81",
    OrderKind.BEFORE_OPEN: "61",
    OrderKind.SINGLE_PRICE: "62",
    OrderKind.BEST: "6",
    OrderKind.FIRST: "7",
    OrderKind.LIMIT_IOC: "10",
    OrderKind.MARKET_IOC: "13",
    OrderKind.BEST_IOC: "16",
    OrderKind.LIMIT_FOK: "20",
    OrderKind.MARKET_FOK: "23",
    OrderKind.BEST_FOK: "26",
    OrderKind.STOP_LIMIT: "28",
    OrderKind.MIDPOINT: "29",
    OrderKind.MIDPOINT_IOC: "30",
    OrderKind.MIDPOINT_FOK: "31",
}
GOLD_CODES = {OrderKind.LIMIT: "00", OrderKind.LIMIT_IOC: "10", OrderKind.LIMIT_FOK: "20"}
CREDIT_CODES = {CreditKind.LOAN: "33", CreditKind.LOANS: "99"}
_KINDS = {code: kind for kind, code in KIND_CODES.items()}


def kind_code(kind: OrderKind, *, gold: bool = False) -> str:
    """``trde_tp``. Raises ``ValueError`` for a kind the gold market does not know."""
    codes = GOLD_CODES if gold else KIND_CODES
    if kind not in codes:
        raise ValueError(f"gold is not traded {kind}")
    return codes[kind]


def kind_of(code: str) -> OrderKind:
    """The kind of a ``trde_tp``. Raises ``KeyError`` for one the catalogue does not have."""
    return _KINDS[code.lstrip("0") or "0"]


def credit_code(credit: CreditKind) -> str:
    """``crd_deal_tp``."""
    return CREDIT_CODES[credit]
