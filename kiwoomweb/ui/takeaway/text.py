"""CSV line by line. Text that a spreadsheet would take for a formula stays text."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime

from kiwoomweb.ui.takeaway.sheet import Sheet, Value

__all__ = ["CHARSETS", "as_csv", "guarded", "plain"]

#: What a spreadsheet takes for the beginning of a formula, full-width letters included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: The charsets offered. UTF-8 goes behind the mark by which spreadsheets know it; letters that Korean Windows
#: has no room for become ``&#128512;``, so that nothing is lost.
CHARSETS = {"utf-8": ("utf-8-sig", "strict"), "cp949": ("cp949", "xmlcharrefreplace")}
#: Lines written at a time: a line each would be a system call each.
LUMP = 500


def as_csv(sheet: Sheet, charset: str = "utf-8") -> Iterator[bytes]:
    """The sheet in lumps of lines, its headings first. ``charset`` is one of ``CHARSETS``."""
    encoding, errors = CHARSETS[charset]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(str(column.label)) for column in sheet.columns])
    for number, row in enumerate(sheet.rows, 1):
        writer.writerow([plain(value) for value in row])
        if number % LUMP == 0:
            yield _emptied(out).encode(encoding, errors)
            encoding = encoding.removesuffix("-sig")
    yield _emptied(out).encode(encoding, errors)


def plain(value: Value) -> str:
    """A cell of a CSV: numbers bare, moments in Korean time, unknown empty, text guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M:%S}"
    return guarded(value) if isinstance(value, str) else str(value)


def guarded(text: str) -> str:
    """``'=1+1``: with an apostrophe in front, a formula is text."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _emptied(out: io.StringIO) -> str:
    said = out.getvalue()
    out.seek(0)
    out.truncate()
    return said
