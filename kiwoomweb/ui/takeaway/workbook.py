"""A workbook (XLSX), written row by row so that its size costs no memory. Nothing in it is a formula."""

import re
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils.timezone import localtime

from kiwoomweb.ui.takeaway.sheet import EXACT, Form, Sheet, Value
from kiwoomweb.ui.takeaway.text import plain

__all__ = ["as_workbook"]

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
#: What a cell can hold, and how many rows a sheet has, in every spreadsheet program.
LONGEST, MOST_ROWS = 32_767, 1_048_576
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def as_workbook(sheets: Iterable[Sheet], made_at: datetime | None = None) -> IO[bytes]:
    """An open temporary file with a worksheet for every sheet, at its beginning. Closing it removes it.

    With ``made_at`` (UTC, without a zone) the same sheets are the same bytes; else this moment is in the file.
    """
    import xlsxwriter

    out = tempfile.TemporaryFile()  # noqa: SIM115  it is handed over open
    taken: set[str] = set()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        if made_at:
            book.set_properties({"created": made_at})
        looks = {form: book.add_format({"num_format": form.value}) for form in Form if form.value}
        bold = book.add_format({"bold": True})
        for sheet in sheets:
            _write(book, sheet, _free(sheet.name, taken), looks, bold)
    out.seek(0)
    return out


def _write(book: Any, sheet: Sheet, name: str, looks: dict[Form, Any], bold: Any) -> None:
    """One sheet; where it is longer than a worksheet can be, the rest goes on in another."""
    page = _page(book, sheet, name, bold)
    at, more = 0, 1
    for row in sheet.rows:
        at += 1
        if at == MOST_ROWS:
            at, more = 1, more + 1
            page = _page(book, sheet, f"{name} ({more})", bold)
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, at, place, value, looks.get(column.form))


def _page(book: Any, sheet: Sheet, name: str, bold: Any) -> Any:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, 20 if column.form is Form.MOMENT else 14)
        page.write_string(0, place, str(column.label), bold)
    return page


def _cell(page: Any, row: int, place: int, value: Value, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_string(row, place, plain(value))
    elif isinstance(value, (int, Decimal)) and -EXACT < value < EXACT:
        page.write_number(row, place, value, look)
    elif isinstance(value, datetime):
        page.write_datetime(row, place, localtime(value).replace(tzinfo=None), look)
    elif isinstance(value, date):
        page.write_datetime(row, place, value, look)
    else:
        page.write_string(row, place, _fitting(value if isinstance(value, str) else plain(value)))


def _fitting(text: str) -> str:
    """A text as long as a cell can hold; what was cut says so."""
    return text if len(text) <= LONGEST else text[: LONGEST - 2] + " …"


def _free(label: str, taken: set[str]) -> str:
    """A sheet name of at most 31 characters that no other sheet of the book has."""
    name = base = FORBIDDEN.sub(" ", label).strip()[:25] or "표"
    while name.casefold() in taken:
        name = f"{base} {len(taken) + 1}"
    taken.add(name.casefold())
    return name
