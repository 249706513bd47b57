"""Cells: the text of one field -> its value, its direction, or a sentence why it cannot be read."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from kiwoomweb.broker.reading.meanings import Meaning
from kiwoomweb.broker.reading.shapes import Cell, Kind, Value
from kiwoomweb.broker.wire import names, numbers, times

__all__ = ["BLANK", "cell"]

BLANK = Cell("", None)

_PLAIN = Decimal(1)
_WHY = {
    Kind.CODE: "종목코드 형식이 아닙니다",
    Kind.DAY: "날짜 형식(YYYYMMDD)이 아닙니다",
    Kind.CLOCK: "시각 형식(HHmmss)이 아닙니다",
    Kind.MOMENT: "일시 형식(YYYYMMDDHHmmss)이 아닙니다",
    Kind.ORDER_NO: "주문번호 형식이 아닙니다",
}
#: Kinds whose figures may be an overflow mark of the broker's counters, which is none (PROTOCOL 5.2).
_COUNTED = {Kind.COUNT, Kind.TRADED}
_UNSIGNED = {Kind.PRICE, Kind.POINTS, Kind.TRADED}


def cell(sent: Any, meaning: Meaning) -> Cell:
    """The cell of what came in one field, whatever came."""
    if sent is None or sent == "":
        return BLANK
    if isinstance(sent, bool | list | dict):
        return Cell(ascii(sent)[:80], None, problem="글자가 아닌 값이 왔습니다")
    raw = str(sent)
    if not raw.isprintable() and not _storable(raw):
        return Cell(ascii(raw)[:80], None, problem="글자로 쓸 수 없는 값이 왔습니다")
    return _read(raw, raw.strip(), meaning)


def _read(raw: str, text: str, meaning: Meaning) -> Cell:
    if not text:
        return Cell(raw, None)
    try:
        if meaning.kind in _READERS:
            return Cell(raw, _READERS[meaning.kind](text, meaning))
        return _figure(raw, text, meaning)
    except (ValueError, ArithmeticError):
        return Cell(raw, None, problem=f"{_WHY.get(meaning.kind, '숫자가 아닙니다')}: {text[:40]!r}")


def _figure(raw: str, text: str, meaning: Meaning) -> Cell:
    value = numbers.decimal(text)
    if value is None:
        return Cell(raw, None)
    counted = meaning.kind in _COUNTED or (meaning.kind is Kind.WON and meaning.factor > 1)
    if counted and numbers.saturated(value):
        return Cell(raw, None)
    direction = _direction(text, value) if meaning.kind in _UNSIGNED else None
    if meaning.kind in _UNSIGNED:
        value = abs(value)
    if meaning.factor != _PLAIN:
        value *= meaning.factor
    return Cell(raw, _plain(value, meaning.kind), direction)


def _direction(text: str, value: Decimal) -> int | None:
    """By the sign alone; a zero with a sign has no direction."""
    if not value:
        return None
    return -1 if "-" in text[:2] else 1 if text[0] == "+" else None


def _plain(value: Decimal, kind: Kind) -> int | Decimal:
    """Money and counts are whole numbers where they are whole; rates, levels and the rest stay ``Decimal``."""
    if kind in {Kind.RATE, Kind.NUMBER, Kind.POINTS} or value != value.to_integral_value():
        return value
    return int(value)


def _text(text: str, _: Meaning) -> str:
    return text


def _code(text: str, meaning: Meaning) -> Value:
    return names.item(text) if meaning.symbol else text


def _when(text: str, _: Meaning) -> date | time | datetime | None:
    """A day, a time or both, by its length: the guide mixes them up (PROTOCOL 5.5)."""
    if len(text) == 14:
        return times.moment(text)
    if len(text) == 8 and ":" not in text:
        return times.day(text)
    return times.clock(text)


def _day(text: str, meaning: Meaning) -> date | time | datetime | None:
    return _when(text, meaning) if len(text) == 14 else times.day(text)


def _clock(text: str, meaning: Meaning) -> date | time | datetime | None:
    return _when(text, meaning) if len(text) == 14 else times.clock(text)


_READERS: dict[Kind, Callable[[str, Meaning], Value]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _text,
    Kind.CODE: _code,
    Kind.DAY: _day,
    Kind.CLOCK: _clock,
    Kind.MOMENT: _when,
    Kind.ORDER_NO: lambda text, _: names.order_no(text),
}


def _storable(text: str) -> bool:
    """Whether every character can be stored and shown; JSON can spell halves of characters that cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
