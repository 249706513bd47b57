"""The process that opens a workbook: reads it from its input, writes its cells as JSON, may not take much.

``child.py LINES COLUMNS LETTERS MEMORY``. Ends with 2 when it is no workbook, 3 when it has too many lines.
Run by itself, so that whatever a file does to its reader, it does it here.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

__all__ = ["main"]


def main() -> int:
    """Read, write, and say how it went."""
    most_lines, most_columns, letters, memory = map(int, sys.argv[1:5])
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ValueError, OSError):  # not every system knows this limit; the time limit holds everywhere
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        left = most_lines
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            lines = []
            for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
                cells = [_text(cell)[:letters] for cell in row[:most_columns]]
                if any(cells):
                    lines.append((number, cells))
            left -= len(lines)
            if left < 0:
                return 3
            if lines:
                sys.stdout.write(json.dumps((name, lines), ensure_ascii=True) + "\n")
    except MemoryError:
        return 4
    except Exception:
        return 2
    return 0


def _text(cell: Any) -> str:
    """A cell as somebody would have typed it: whole numbers without a point, days and times by ISO."""
    said = str(cell).strip()
    if isinstance(cell, float):
        said = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    elif isinstance(cell, datetime):
        said = cell.isoformat(" ", "seconds")
    elif isinstance(cell, (date, time)):
        said = cell.isoformat()
    elif isinstance(cell, timedelta):
        said = said.split(".")[0]
    return said


if __name__ == "__main__":
    sys.exit(main())
