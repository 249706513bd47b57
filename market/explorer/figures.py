"""Figures: one cell of a reading as text, and what colours it. Unknown is a dash, never a zero."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.html import escape

from kiwoomweb.broker.reading import Cell, Column, Kind
from kiwoomweb.ui.templatetags.money import MINUS, UNKNOWN, trend, won

__all__ = ["NUMERIC", "is_moving", "plain", "text_of", "trend_of"]

NUMERIC = frozenset(
    {Kind.PRICE, Kind.POINTS, Kind.WON, Kind.COUNT, Kind.RATE, Kind.NUMBER, Kind.TRADED, Kind.CLOCK}
)
#: Columns of figures whose sign is a matter of rise and fall, where the wire leaves the plus out.
MOVING = ("손익", "수익", "대비", "증감", "등락", "순매수", "순매도", "괴리")
#: Shares of a whole, which the broker likes to send with a plus: they are high or low, not up or down.
STEADY = ("비율", "비중", "소진", "회전")
_WORDS = {Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.ORDER_NO}


def is_moving(column: Column, cells: Iterable[Cell]) -> bool:
    """Whether a column's figures rise and fall: it is called so, or the wire spoke of a sign in one of them."""
    if column.kind not in {Kind.WON, Kind.COUNT, Kind.RATE, Kind.NUMBER}:
        return False
    if any(word in column.label for word in MOVING):
        return True
    is_steady = any(word in column.label for word in STEADY)
    return not is_steady and any(cell.raw[:1] in {"+", "-"} for cell in cells)


def trend_of(column: Column, cell: Cell, *, moving: bool) -> str:
    """``rise``, ``fall``, ``flat`` or nothing: the colour of the figure."""
    if column.kind in {Kind.PRICE, Kind.POINTS, Kind.TRADED}:
        return trend(cell.direction) if cell.direction is not None else ""
    return trend(cell.value) if moving and isinstance(cell.value, int | Decimal) else ""


def text_of(column: Column, cell: Cell, *, moving: bool = False) -> str:
    """What a person reads, escaped. What cannot be read stands as it came."""
    if cell.problem:
        return escape(cell.raw)
    if cell.value is None:
        return UNKNOWN if column.kind not in _WORDS else ""
    if column.kind is Kind.CHOICE:
        return escape(column.choices.get(str(cell.value), str(cell.value)))
    if isinstance(cell.value, int | Decimal):
        return _number(cell.value, signed=moving)
    return escape(plain(cell))


def plain(cell: Cell) -> str:
    """A value as text without any dress: what a file gets of a date or a word."""
    value = cell.value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time):
        return value.isoformat()
    return cell.raw.strip() if value is None else str(value)


def _number(value: int | Decimal, *, signed: bool) -> str:
    if isinstance(value, int):
        return f"+{won(value)}" if signed and value > 0 else won(value)
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{abs(value):,f}"
