"""A sheet to take away: named columns, and rows that may be read only once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from django.utils.functional import Promise

__all__ = ["EXACT", "Column", "Form", "Sheet", "Value"]

Value = str | int | Decimal | date | datetime | bool | None

#: A spreadsheet keeps fifteen digits of a number; longer ones are written as text.
EXACT = 10**15


class Form(Enum):
    """What a column holds; the value is how a workbook shows its numbers, empty where it holds text."""

    TEXT = ""
    WHOLE = "#,##0"
    #: Percent, to two places.
    RATE = "0.00"
    POINTS = "#,##0.00"
    NUMBER = "General"
    DAY = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm:ss"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what stands under it. Codes and numbers of orders are ``TEXT``: they keep their zeros."""

    label: "str | Promise"
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Every row has a value for every column; ``None`` is unknown and stays empty."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
