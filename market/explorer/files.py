"""Files to take away: an answer as CSV or as a workbook. Text that looks like a formula stays text."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kiwoomweb.broker.reading import Cell, Column, Kind, Reading, Table
from market.explorer.figures import plain
from market.explorer.masking import Mask

__all__ = ["as_csv", "as_workbook"]

#: Spreadsheets take a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: A spreadsheet keeps fifteen digits of a number.
EXACT = 10**15
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
Value = str | int | Decimal

#: How a workbook shows the figures of a column.
LOOKS = {Kind.RATE: "0.00", Kind.POINTS: "#,##0.00", Kind.NUMBER: "General"}


def as_csv(table: Table, mask: Mask) -> Iterator[str]:
    """The table line by line, behind the mark by which spreadsheets know UTF-8."""
    yield "\ufeff"
    yield _line([heading(column) for column in table.columns])
    for row in table.rows:
        yield _line([_guarded(value) for value in _values(table.columns, row, mask)])


def as_workbook(reading: Reading, mask: Mask) -> bytes:
    """A sheet for every list, and one for the fields beside them."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        formats = {kind: book.add_format({"num_format": look}) for kind, look in LOOKS.items()}
        whole = book.add_format({"num_format": "#,##0"})
        for name, columns, rows in _sheets(reading):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                sheet.set_column(place, place, 14)
                sheet.write_string(0, place, heading(column), bold)
            for number, row in enumerate(rows, 1):
                for place, value in enumerate(_values(columns, row, mask)):
                    if isinstance(value, str):
                        sheet.write_string(number, place, value)
                    else:
                        sheet.write_number(number, place, value, formats.get(columns[place].kind, whole))
    return out.getvalue()


def heading(column: Column) -> str:
    """``현재가 (cur_prc)``, with its unit where it has one."""
    unit = f", {column.unit}" if column.unit else ""
    return f"{column.label} ({column.name}{unit})"


def _sheets(reading: Reading) -> Iterator[tuple[str, Sequence[Column], Iterable[Sequence[Cell]]]]:
    taken: set[str] = set()
    if reading.fields:
        columns, cells = zip(*reading.fields, strict=True)
        yield _free(reading.tr.name, taken), columns, [cells]
    for table in reading.tables:
        yield _free(table.label, taken), table.columns, table.rows


def _free(label: str, taken: set[str]) -> str:
    """A sheet name of at most 31 characters that no other sheet of the book has."""
    name = base = FORBIDDEN.sub(" ", label).strip()[:27] or "표"
    while name.casefold() in taken:
        name = f"{base} {len(taken) + 1}"
    taken.add(name.casefold())
    return name


def _values(columns: Sequence[Column], row: Sequence[Cell], mask: Mask) -> list[Value]:
    return [_value(column, cell, mask) for column, cell in zip(columns, row, strict=True)]


def _value(column: Column, cell: Cell, mask: Mask) -> Value:
    value = cell.value
    if isinstance(value, (int, Decimal)) and not cell.problem and -EXACT < value < EXACT:
        return value
    return mask.text(column.name, plain(cell))


def _guarded(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _line(values: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()
