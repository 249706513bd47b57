"""Movements: lines that are no fills and still change what is held, like shares brought in from another broker.

They become no fact by themselves: what the shares had cost is often another line's or nobody's knowledge. A
person confirms each, with the price the file tells filled in.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = ["CASH", "IN", "OUT", "Movement"]

#: What a line calls shares that come in or leave without a trade, and money that comes without one.
IN, OUT = "입고", "출고"
CASH = ("배당", "분배금", "이자", "예탁금", "이용료", "입금", "출금")


@dataclass(frozen=True, slots=True)
class Movement:
    """``quantity`` shares of a symbol that came in (``is_in``) or left on a day; ``price`` won of one share as
    the file tells it, ``None`` where it does not; ``words`` are the file's own."""

    line: int
    day: date
    symbol: str
    name: str
    is_in: bool
    quantity: int
    price: Decimal | None
    words: str
