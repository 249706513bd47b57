"""Tickets: what a person (or an exit kept by the server) asks for, before anybody has looked at it.

    >>> Ticket(Kind.PLACE, "005930", Side.BUY, 10, price=70_000)

A ticket is data and decides nothing. ``as_json`` and ``from_json`` are inverse; ``digest`` is what an
idempotency key is bound to.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.domain.ordering import CreditKind, OrderKind, is_gold

__all__ = ["Kind", "Reason", "SeenQuote", "Ticket"]


#: What makes an order that order, in this order.
_TRADED = (
    "kind",
    "symbol",
    "side",
    "quantity",
    "price",
    "order_kind",
    "venue",
    "stop_price",
    "credit",
    "loan_day",
    "target_no",
)


class Kind(StrEnum):
    """A new order, a changed one (정정), one taken back (취소)."""

    PLACE = "place"
    MODIFY = "modify"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class SeenQuote:
    """The quote the person had before them, in won; ``at`` is the broker's moment of it."""

    price: int
    bid: int | None
    ask: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the setup, where it is wrong (stop) and done (target) in won, words. For the journal."""

    setup: str = ""
    stop: int | None = None
    target: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One wish. ``price`` and ``stop_price`` are won, ``None`` where the kind of order has none.

    ``quantity`` 0 of a MODIFY or CANCEL is all that remains. ``target_no`` is the order number they speak of
    and ``target_version``, ``target_remaining`` and ``target_price`` the order as the person had seen it.
    ``answers`` are the codes of the questions answered with yes (``"C11"``; for "no duplicate"
    ``"C22:<code of the other intent>"``). ``shown_at`` is when the dialog to confirm was shown.
    """

    kind: Kind
    symbol: str
    side: Side
    quantity: int
    price: int | None = None
    order_kind: OrderKind = OrderKind.LIMIT
    venue: Venue = Venue.KRX
    stop_price: int | None = None
    credit: CreditKind | None = None
    loan_day: date | None = None
    target_no: str = ""
    target_version: int | None = None
    target_remaining: int | None = None
    target_price: int | None = None
    quote: SeenQuote | None = None
    reason: Reason | None = None
    answers: tuple[str, ...] = ()
    shown_at: datetime | None = None

    @property
    def is_gold(self) -> bool:
        """Whether it goes to the counter of spot gold (kt50000)."""
        return is_gold(self.symbol)

    @property
    def digest(self) -> str:
        """sha256 of all it says; equal tickets have equal digests."""
        return hashlib.sha256(
            json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False).encode()
        ).hexdigest()

    @property
    def subject(self) -> str:
        """sha256 of what would be traded, whenever it is asked for: what a proof is bound to."""
        said = self.as_json()
        traded = [said[name] for name in _TRADED]
        return hashlib.sha256(json.dumps(traded, ensure_ascii=False).encode()).hexdigest()

    def answered(self, *codes: str) -> "Ticket":
        """The same ticket with further questions answered."""
        return replace(self, answers=tuple(dict.fromkeys((*self.answers, *codes))))

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Ticket":
        """Read ``as_json()`` back."""
        known = {field.name for field in fields(cls)}
        read = {name: value for name, value in told.items() if name in known}
        read |= {"kind": Kind(told["kind"]), "side": Side(told["side"]), "venue": Venue(told["venue"])}
        read |= {"order_kind": OrderKind(told["order_kind"]), "answers": tuple(told["answers"])}
        read["credit"] = CreditKind(told["credit"]) if told["credit"] else None
        read["loan_day"] = date.fromisoformat(told["loan_day"]) if told["loan_day"] else None
        read["shown_at"] = datetime.fromisoformat(told["shown_at"]) if told["shown_at"] else None
        quote, reason = told["quote"], told["reason"]
        read["quote"] = SeenQuote(**{**quote, "at": datetime.fromisoformat(quote["at"])}) if quote else None
        read["reason"] = Reason(**reason) if reason else None
        return cls(**read)


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, StrEnum) else value
