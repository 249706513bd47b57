"""Cells: one typed value as the inside of a table cell; each column picks its way of writing once.

Red rises, blue falls, and whoever does not see the colour has the arrow or the sign. ``None`` is a dash.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial

from django.utils.html import escape

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.reading import Cell, Column, Kind
from kiwoomweb.ui.templatetags.money import arrow, percent, short, signed, trend, won
from market.terms import term

__all__ = [
    "UNKNOWN",
    "Writer",
    "change",
    "grouped",
    "is_figure",
    "is_text",
    "marked",
    "move",
    "price",
    "writer_of",
]

Writer = Callable[[Cell], str]

MAN, EOK = 10_000, 100_000_000
UNKNOWN = '<span class="unknown">—</span>'
#: What moves up or down: drawn in red and blue with its sign. Everything else is a plain size.
SIGNED = re.compile(
    r"(.*_)?(pred_pre(_\d|_n)?|pre|base_pre|netprps|nettrde|irds|netslmt|cntrcnt_pre|flu|stkpc_flu|chg_qty)(_.*)?"
    r"|(dfrt_trde|ndiffpro_trde|all)_(tdy|acc)"
    r"|(ind|frgnr|etc_fnnc)_invsr|orgn|fnnc_invt|insrnc|invtrt|etc_fnnc|bank|penfnd_etc|samo_fund|natn|etc_corp|natfor"
    r"|frgn|prm|ind|for_qty|(for|orgn)_dt_acc|dm\d|tot"
)
MOVES = re.compile(r"(.*_)?(flu_rt|pre_rt|prft_rt|jmp_rt|chgr|dispty_rt|pre_flu_rt|incrs|flu_rt_n)(_.*)?")
DECIMAL = re.compile(r"[+-]?\d+\.\d+", re.ASCII)
SIZES = {Kind.COUNT, Kind.TRADED}
#: Kinds read from the left.
WORDS = {Kind.TEXT, Kind.CODE, Kind.CHOICE}


def is_text(column: Column) -> bool:
    return column.kind in WORDS


def is_figure(cells: Iterable[Cell]) -> bool:
    """Whether a column the catalogue calls text holds nothing but decimals."""
    told = [cell.raw.strip() for cell in cells if cell.raw.strip()]
    return bool(told) and all(DECIMAL.fullmatch(text) for text in told)


def grouped(cell: Cell) -> str:
    """Such a decimal, with its digits in groups."""
    text = cell.raw.strip()
    return f"{Decimal(text):,}".replace("-", "\u2212") if text else UNKNOWN


def writer_of(column: Column, cells: Iterable[Cell] = ()) -> Writer:
    """How the values of this column are written; ``cells`` are all of them, to be written in one unit."""
    if column.kind in {Kind.PRICE, Kind.POINTS}:
        return price if column.kind is Kind.PRICE else _points
    if column.kind is Kind.RATE:
        return move if MOVES.fullmatch(column.name) else _rate
    if column.kind is Kind.CHOICE:
        return lambda cell: escape(term(column.choices.get(cell.raw.strip(), cell.raw.strip()))) or UNKNOWN
    if column.kind in SIZES or column.kind is Kind.WON or column.kind is Kind.NUMBER:
        return _figure(column, _unit_of(cells))
    return _when


def price(cell: Cell) -> str:
    """A price coloured by its direction, when the wire told one."""
    if cell.value is None:
        return UNKNOWN
    return _coloured(won(_number(cell)), cell.direction)


def _points(cell: Cell) -> str:
    return UNKNOWN if cell.value is None else _coloured(f"{_number(cell):,.2f}", cell.direction)


def _coloured(text: str, direction: int | None) -> str:
    return text if direction is None else f'<span class="{trend(direction)}">{text}</span>'


def move(cell: Cell) -> str:
    if cell.value is None:
        return UNKNOWN
    value = _number(cell)
    return f'<span class="{trend(value)}">{percent(value)}</span>'


def marked(cell: Cell) -> str:
    """A rate with the arrow in place of its sign, for lists that show nothing else of the direction."""
    if cell.value is None:
        return UNKNOWN
    value = _number(cell)
    return _pointed(value, percent(abs(Decimal(value))).lstrip("+"))


def _rate(cell: Cell) -> str:
    return UNKNOWN if cell.value is None else f"{_number(cell):,.2f}%".replace("-", "\u2212")


def _figure(column: Column, unit: int) -> Writer:
    moves = bool(SIGNED.fullmatch(column.name))
    if column.kind is Kind.WON:
        return partial(_moved_won if moves else _plain_won, unit=unit)
    if column.kind is Kind.NUMBER:
        return _moved_number if moves else _plain_number
    return _moved_count if moves else _plain_count


def _unit_of(cells: Iterable[Cell]) -> int:
    """The unit a column is written in, to be read down; 0: small ones, each in its own.

    억 where that is what most of them come to or some are many, else 만.
    """
    sizes = sorted(abs(Decimal(cell.value)) for cell in cells if isinstance(cell.value, int | Decimal))
    if not sizes or sizes[-1] < EOK:
        return 0
    return EOK if sizes[-1] >= 10 * EOK or sizes[len(sizes) // 2] >= EOK // 2 else MAN


def _amount(value: int | Decimal, unit: int) -> str:
    """In the column's unit. English has its own: 1.2M needs no help."""
    if not unit or not short(EOK).endswith("억"):
        return short(value)
    text = f"{Decimal(value) / EOK:,.2f}억" if unit == EOK else f"{Decimal(value) / MAN:,.0f}만"
    return text.replace("-", "\u2212")


def _plain_won(cell: Cell, unit: int = 0) -> str:
    """An amount in 만 and 억 with the exact won as its tooltip."""
    if cell.value is None:
        return UNKNOWN
    value = _number(cell)
    return f'<span title="{won(value)}">{_amount(value, unit)}</span>'


def _moved_won(cell: Cell, unit: int = 0) -> str:
    if cell.value is None:
        return UNKNOWN
    value = _number(cell)
    sign = "+" if value > 0 else ""
    return f'<span class="{trend(value)}" title="{signed(value)}">{sign}{_amount(value, unit)}</span>'


def _plain_count(cell: Cell) -> str:
    return UNKNOWN if cell.value is None else won(_number(cell))


def _moved_count(cell: Cell) -> str:
    if cell.value is None:
        return UNKNOWN
    value = _number(cell)
    return f'<span class="{trend(value)}">{signed(value)}</span>'


def _plain_number(cell: Cell) -> str:
    return UNKNOWN if cell.value is None else _decimal(_number(cell))


def _moved_number(cell: Cell) -> str:
    if cell.value is None:
        return UNKNOWN
    value = _number(cell)
    sign = "+" if value > 0 else ""
    return f'<span class="{trend(value)}">{sign}{_decimal(value)}</span>'


def change(cell: Cell) -> str:
    """전일 대비: the arrow in place of the sign."""
    if cell.value is None:
        return UNKNOWN
    value = _number(cell)
    text = f"{abs(value):,}" if isinstance(value, int) else _decimal(abs(value))
    return _pointed(value, text)


def _pointed(value: int | Decimal, text: str) -> str:
    return (
        f'<span class="{trend(value)}"><i class="arrow" aria-hidden="true">{arrow(value)}</i>'
        f'<span class="sr">{"+" if value > 0 else "−" if value < 0 else ""}</span>{text}</span>'
    )


def _when(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return f"{value.astimezone(SEOUL):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    return escape(str(value)) if value not in {None, ""} else UNKNOWN


def _decimal(value: int | Decimal) -> str:
    """A figure of the broker with the decimals it came with, two at most where they are many."""
    if isinstance(value, int) or value == value.to_integral_value():
        return f"{int(value):,}".replace("-", "\u2212")
    places = min(max(-int(value.as_tuple().exponent), 0), 4)
    return f"{value:,.{places}f}".replace("-", "\u2212")


def _number(cell: Cell) -> int | Decimal:
    value = cell.value
    if isinstance(value, int | Decimal):
        return value
    raise TypeError(f"no figure: {cell.raw!r}")
