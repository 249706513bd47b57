"""Tables: what a reading says, as rows written in one stroke each; a template would take seconds for these."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString

from kiwoomweb.broker.reading import Cell, Column, Kind, Table
from market.explorer.figures import NUMERIC, is_moving, text_of, trend_of
from market.explorer.masking import Mask

__all__ = ["MOST_ROWS", "Pair", "Shown", "pair"]

#: Rows drawn on a page; files hold them all.
MOST_ROWS = 2_000


@dataclass(frozen=True)
class Shown:
    """One list as a table. ``symbols`` is the address of symbol pages, for the codes that have one.

    ``hides`` says that its amounts are somebody's own, and go with the amounts when they are hidden.
    """

    table: Table
    mask: Mask
    symbols: str
    hides: bool = False

    @cached_property
    def heads(self) -> list[tuple[Column, str]]:
        """(column, class of its header)."""
        return [(column, "num" if column.kind in NUMERIC else "") for column in self.table.columns]

    @property
    def total(self) -> int:
        return len(self.table.rows)

    @property
    def rest(self) -> int:
        """Rows that are not drawn."""
        return max(0, self.total - MOST_ROWS)

    @property
    def rows(self) -> SafeString:
        moving = [
            is_moving(column, (row[place] for row in self.table.rows))
            for place, column in enumerate(self.table.columns)
        ]
        return SafeString("\n".join(self._row(row, moving) for row in self.table.rows[:MOST_ROWS]))

    def _row(self, row: Sequence[Cell], moving: Sequence[bool]) -> str:
        cells = zip(self.table.columns, row, moving, strict=True)
        return f"<tr>{''.join(self._cell(*each) for each in cells)}</tr>"

    def _cell(self, column: Column, cell: Cell, moves: bool) -> str:
        css = [trend_of(column, cell, moving=moves)]
        if column.kind in NUMERIC:
            css.append("num")
        if cell.problem:
            css.append("odd")
        names = " ".join(filter(None, css))
        inner = self._inner(column, cell, moves)
        about = f' title="{escape(cell.problem)}"' if cell.problem else ""
        return f'<td class="{names}"{about}>{inner}</td>' if names else f"<td{about}>{inner}</td>"

    def _inner(self, column: Column, cell: Cell, moves: bool) -> str:
        text = self.mask.text(column.name, text_of(column, cell, moving=moves))
        if column.kind is Kind.CODE and cell.value and "종목" in column.label:
            code = escape(str(cell.value)).partition("_")[0]
            return f'<a class="link" href="{self.symbols}{code}/">{text}</a>'
        return f'<span class="amount">{text}</span>' if self.hides and column.kind is Kind.WON else text


@dataclass(frozen=True, slots=True)
class Pair:
    """One field outside the lists: label and value, side by side."""

    column: Column
    text: SafeString
    css: str
    problem: str = ""


def pair(column: Column, cell: Cell, mask: Mask, *, hides: bool) -> Pair:
    moves = is_moving(column, (cell,))
    text = mask.text(column.name, text_of(column, cell, moving=moves)) or "—"
    css = trend_of(column, cell, moving=moves)
    if hides and column.kind is Kind.WON:
        css = f"{css} amount".strip()
    return Pair(column, SafeString(text), css, cell.problem)
