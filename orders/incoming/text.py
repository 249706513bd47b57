"""Text tables: the charset and the separator are found, not asked for."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from django.utils.translation import gettext as _

from orders.incoming.errors import Unreadable
from orders.incoming.grid import LONGEST_CELL, MOST_COLUMNS, MOST_LINES, Grid, Line

__all__ = ["as_text"]

SEPARATORS = "\t,;|"
#: Lines looked at to find the separator, and letters of each.
SAMPLE, LONGEST_LINE = 50, 4000
#: What stands in no table: control characters, and what a wrong charset makes of bytes.
ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")


def as_text(content: bytes) -> Grid:
    """The one sheet of a text file. Raises ``Unreadable``."""
    text = _decoded(content)
    if "<table" in text[:20_000].lower() or text.lstrip()[:5].lower() in {"<html", "<!doc"}:
        raise Unreadable(
            _("이름은 엑셀이지만 웹 페이지(HTML) 파일입니다. 엑셀에서 열어 XLSX로 다시 저장해 올리세요.")
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    lines: list[Line] = []
    try:
        before = 0
        for cells in reader:
            lines.append(Line(before + 1, _cut(cells)))
            before = reader.line_num
            if len(lines) > MOST_LINES:
                raise Unreadable(_("줄이 너무 많습니다 (%(most)s줄까지).") % {"most": f"{MOST_LINES:,}"})
    except csv.Error as wrong:
        said = {"line": reader.line_num, "why": wrong}
        raise Unreadable(_("%(line)s번째 줄에서 표가 깨져 있습니다: %(why)s") % said) from None
    return Grid("", tuple(lines))


def _cut(cells: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip()[:LONGEST_CELL] for cell in islice(cells, MOST_COLUMNS))


def _decoded(content: bytes) -> str:
    for charset in _charsets(content):
        try:
            text = content.decode(charset)
        except UnicodeDecodeError:
            continue
        if not ODD.search(text):
            return text
    raise Unreadable(_("글자를 읽을 수 없습니다. UTF-8이나 CP949(한글 윈도)로 저장한 CSV를 올리세요."))


def _charsets(content: bytes) -> list[str]:
    """Which to try. Text has no zero bytes unless it is UTF-16; where they stand tells which end is first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if b"\0" in content[:4000]:
        odd, even = content[1:4000:2].count(0), content[:4000:2].count(0)
        return ["utf-16-le" if odd >= even else "utf-16-be"]
    return ["utf-8-sig", "cp949"]


def _separator(text: str) -> str:
    """The one that parts the most lines into the same number of cells; a comma when none does."""
    lines = [
        line[:LONGEST_LINE] for line in text[: SAMPLE * LONGEST_LINE].splitlines()[:SAMPLE] if line.strip()
    ]
    best = {}
    for separator in SEPARATORS:
        cells = Counter(
            len(row) for row in csv.reader(lines, delimiter=separator, strict=False) if len(row) > 1
        )
        best[separator] = max((count * (width - 1) for width, count in cells.items()), default=0)
    return max(SEPARATORS, key=lambda separator: best[separator]) if any(best.values()) else ","
