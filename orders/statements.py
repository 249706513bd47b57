"""Statements: what any source says of one order, in one form, so that they can be laid beside one another.

Pure. A line of ka10075, ka10076 or kt00007, a message of realtime 00 and the answer to a send become ``Told``;
the reducer takes a set of them and asks neither where they came from nor in which order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiwoomweb.broker.domain import OrderLine

__all__ = ["Told", "from_answer", "from_event", "from_line", "from_person", "kind_of"]

CANCEL, MODIFY, PLACE = "cancel", "modify", "place"


@dataclass(frozen=True, slots=True)
class Told:
    """One statement about the order ``order_no``. ``None`` and blank are what it does not say.

    ``kind``: what the number stands for. ``filled`` shares so far, ``fill_no`` with ``size`` and ``price`` one
    execution. ``confirmed`` shares a change or a cancellation has taken from
    its original. ``refused``: sent back (거부). ``ended``: the rest is gone (취소 of the order itself).
    ``closes``: nothing waits any more, by a list that also shows what changed it (kt00007). ``is_late``: read
    after the last session of its day. ``seen``: not only answered for, but found in a book of the broker's.
    """

    order_no: str
    original_no: str = ""
    kind: str = PLACE
    quantity: int | None = None
    filled: int = 0
    average: int | None = None
    fill_no: str = ""
    size: int = 0
    price: int = 0
    confirmed: int = 0
    refused: bool = False
    ended: bool = False
    closes: bool = False
    seen: bool = True
    is_late: bool = False
    reason: str = ""


def kind_of(*words: str) -> str:
    """정정 and 취소 by the label of an order (``"-매도취소"``), or by the column that says it."""
    said = " ".join(words)
    return CANCEL if "취소" in said else MODIFY if "정정" in said else PLACE


def from_line(line: OrderLine, *, confirmed: int | None = None, is_late: bool = False) -> Told:
    """A line of an order list. ``confirmed``: 확인수량, where the list has it (kt00007)."""
    kind = kind_of(line.label, line.status)
    took = confirmed if confirmed is not None else line.quantity if kind != PLACE else 0
    return Told(
        order_no=line.order_no,
        original_no=line.original_order_no,
        kind=kind,
        quantity=line.quantity,
        filled=line.filled,
        average=int(line.fill_price) if line.fill_price else None,
        confirmed=took if kind != PLACE else 0,
        closes=confirmed is not None and not line.remaining and kind != CANCEL,
        is_late=is_late,
    )


def from_event(content: Mapping[str, Any]) -> Told:
    """A message of realtime 00 as ``orders.OrderEvent`` keeps it: every field as text."""
    kind, status = kind_of(content["label"]), content["status"]
    quantity = _number(content["quantity"])
    has_fill = bool(content["fill_no"] and _number(content["unit_size"]))
    return Told(
        order_no=content["order_no"],
        original_no=content["original_order_no"],
        kind=kind,
        quantity=quantity,
        filled=_number(content["filled"]),
        fill_no=str(content["fill_no"]) if has_fill else "",
        size=_number(content["unit_size"]) if has_fill else 0,
        price=_number(content["unit_price"]) if has_fill else 0,
        confirmed=quantity if kind != PLACE and status in {"확인", "취소"} else 0,
        refused=status == "거부",
        ended=kind != CANCEL and status == "취소",
        reason=str(content.get("reason") or ""),
    )


def from_answer(order_no: str, kind: str, original_no: str = "", quantity: int | None = None) -> Told:
    """The receipt of a send: taken in, and not yet seen anywhere else."""
    return Told(order_no, original_no, kind, quantity, seen=False)


def from_person(order_no: str) -> Told:
    """A person has bound the number to an intent; that alone says nothing of the order."""
    return Told(order_no, seen=False)


def _number(text: object) -> int:
    said = str(text or "0")
    return int(said) if said.lstrip("-").isdigit() else 0
