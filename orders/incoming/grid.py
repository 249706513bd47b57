"""A grid: the cells of one sheet as text, each line with its number in the file."""

from dataclasses import dataclass

__all__ = ["LONGEST_CELL", "MOST_BYTES", "MOST_COLUMNS", "MOST_LINES", "Grid", "Line"]

#: The biggest file that is read, in bytes, and what may be in it.
MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 100_000
MOST_COLUMNS = 100
#: Letters of a cell that are kept.
LONGEST_CELL = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``number`` is what an editor or a spreadsheet shows beside it, from 1."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(self.cells)

    def cell(self, place: int) -> str:
        """The text at ``place``; lines may be shorter than their heading."""
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. A text file is one sheet without a name."""

    name: str
    lines: tuple[Line, ...]
