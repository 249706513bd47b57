"""The heading of a table: where it stands below its titles, one line or two, and which column is what."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from orders.incoming.cells import days_in
from orders.incoming.grid import Grid, Line
from orders.incoming.words import HINTS_OF_RESULTS, Field, field_of, folded

__all__ = ["Layout", "recognise"]

#: How far down a heading is looked for.
DEEPEST = 40
ACCOUNT = re.compile(r"계좌[^0-9\n]{0,12}(\d{4}-?\d{4}(?:-?\d{2})?)")
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True)
class Layout:
    """``first`` and ``last`` are the places of the heading's lines in the sheet; what follows are rows.

    ``columns`` says what is known of the columns by place; ``accounts`` are the numbers the titles name, and
    ``day`` the one day they name, if they name one. ``is_results``: a list of sales, which tells no side.
    """

    sheet: int
    first: int
    last: int
    heads: tuple[str, ...]
    columns: dict[int, Field]
    accounts: tuple[str, ...] = ()
    day: date | None = None
    is_results: bool = False
    unknown: tuple[str, ...] = field(default=())

    @property
    def digest(self) -> str:
        """What tells this heading from others, whatever its spaces and signs."""
        return hashlib.sha256("\n".join(map(folded, self.heads)).encode()).hexdigest()

    @property
    def lacks(self) -> tuple[Field, ...]:
        """What must be said before rows can be read: without these nothing is a fill."""
        return lacking(frozenset(self.columns.values()), is_results=self.is_results)


def lacking(have: frozenset[Field], *, is_results: bool = False) -> tuple[Field, ...]:
    """Which of the needed columns are missing. The day is not among them: a file may be of one day."""
    missing = [] if have & {Field.SYMBOL, Field.NAME} else [Field.SYMBOL]
    buys = Field.BUY_QUANTITY in have and have & {Field.BUY_PRICE, Field.BUY_AMOUNT}
    sells = Field.SELL_QUANTITY in have and have & {Field.SELL_PRICE, Field.SELL_AMOUNT}
    if buys or sells:
        return tuple(missing)
    missing += [] if Field.QUANTITY in have else [Field.QUANTITY]
    missing += [] if have & {Field.PRICE, Field.AMOUNT} else [Field.PRICE]
    missing += [] if Field.SIDE in have or is_results else [Field.SIDE]
    return tuple(missing)


def recognise(grids: Sequence[Grid]) -> Layout:
    """The likeliest heading of all sheets; one without known columns when no line looks like a heading."""
    found = [layout for sheet, grid in enumerate(grids) for layout in _headings(sheet, grid)]
    best = max(found, key=_score, default=None)
    if best and len(best.columns) > 1:
        return best
    return _unknown(grids)


def _score(layout: Layout) -> tuple[int, int, int]:
    """Complete before incomplete, many columns before few, one line before two, earlier before later."""
    return -len(layout.lacks), len(layout.columns), layout.first - layout.last


def _headings(sheet: int, grid: Grid) -> list[Layout]:
    found = []
    for at, line in enumerate(grid.lines[:DEEPEST]):
        if not any(field_of(cell) for cell in line.cells) and not _is_group(line):
            continue
        found.append(_layout(sheet, grid, at, at, line.cells))
        below = grid.lines[at + 1] if at + 1 < len(grid.lines) else None
        if below and _is_heading(below):
            found.append(_layout(sheet, grid, at, at + 1, _joined(line.cells, below.cells)))
    return found


def _is_group(line: Line) -> bool:
    return any(folded(cell) in {"매수", "매도", "금일매수", "금일매도"} for cell in line.cells)


def _is_heading(line: Line) -> bool:
    """Words, no figures."""
    said = [cell for cell in line.cells if cell]
    return bool(said) and sum(bool(_DIGITS.search(cell)) for cell in said) <= len(said) // 5


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two lines as one: a merged cell stands over all columns up to the next."""
    heads, over = [], ""
    for top, bottom in zip_longest(upper, lower, fillvalue=""):
        over = top or (over if bottom else "")
        both = f"{over} {bottom}".strip()
        # "매수 / 수량" is one heading of two words; "종목 / 종목코드" says the lower word alone.
        known = field_of(both) or field_of(bottom)
        heads.append(both if field_of(both) or not known else bottom)
    return tuple(heads)


def _layout(sheet: int, grid: Grid, first: int, last: int, heads: Sequence[str]) -> Layout:
    sure: dict[Field, tuple[int, int]] = {}
    for place, head in enumerate(heads):
        if known := field_of(head):
            sure[known[0]] = min(sure.get(known[0], (known[1], place)), (known[1], place))
    columns = {place: what for what, (_rank, place) in sure.items()}
    titles = "\n".join(" ".join(line.cells) for line in grid.lines[:first])
    days = set(days_in(titles))
    results = any(folded(head) in HINTS_OF_RESULTS for head in heads) and Field.SIDE not in sure
    return Layout(
        sheet,
        first,
        last,
        tuple(heads),
        dict(sorted(columns.items())),
        tuple(sorted({found.replace("-", "") for found in ACCOUNT.findall(titles)})),
        days.pop() if len(days) == 1 else None,
        results,
        tuple(head for place, head in enumerate(heads) if head and place not in columns),
    )


def _unknown(grids: Sequence[Grid]) -> Layout:
    """Of the biggest sheet the first of the fullest lines: somebody must say what is what."""
    sheet = max(range(len(grids)), key=lambda number: len(grids[number].lines))
    lines = grids[sheet].lines[:DEEPEST]
    full = [sum(map(bool, line.cells)) for line in lines]
    at = full.index(max(full)) if full else 0
    return _layout(sheet, grids[sheet], at, at, lines[at].cells if lines else ())
