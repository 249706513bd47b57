"""Outcome: what asking one TR came to, and the line that says so."""

from dataclasses import dataclass

from kiwoomweb.broker.catalogue import TR
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.reading import Reading

__all__ = ["Outcome", "failed", "read_as"]

#: Names are cut to so many columns of a terminal; a Korean letter takes two.
NAME_WIDTH = 34


@dataclass(frozen=True, slots=True)
class Outcome:
    """``read`` and ``blank`` count fields, ``unknown`` those the catalogue does not know, ``ms`` the wait."""

    tr: TR
    code: str = ""
    rows: int = 0
    read: int = 0
    unknown: int = 0
    ms: float = 0.0
    trouble: str = ""

    @property
    def well(self) -> bool:
        return not self.trouble

    @property
    def blank(self) -> bool:
        """The broker answered, and said nothing: another hour may say more."""
        return self.trouble == "blank"

    def line(self) -> str:
        """``✓ ka10027 전일대비등락률상위요청   rc=0 rows=200 read=2400 unknown=0 12 ms``."""
        figures = f"rc={self.code:<4} rows={self.rows:<5} read={self.read:<6} unknown={self.unknown}"
        told = f"{'✓' if self.well else '✗'} {self.tr.id:<8}{_cut(self.tr.name)} {figures} {self.ms:.0f} ms"
        return told if self.well else f"{told}  {self.trouble}"


def read_as(reading: Reading, ms: float, *, code: str = "0") -> Outcome:
    """The outcome of a reply that was read."""
    cells = [cell for _, cell in reading.fields]
    cells += [cell for table in reading.tables for row in table.rows for cell in row]
    told = sum(cell.value is not None for cell in cells)
    rows = sum(len(table.rows) for table in reading.tables)
    trouble = reading.problems[0] if reading.problems else ""
    if not trouble and not told and reading.tr.response:
        trouble = "blank"
    return Outcome(reading.tr, code, rows, told, sum(reading.unknown.values()), ms, trouble)


def failed(tr: TR, error: BrokerError, ms: float) -> Outcome:
    """The outcome of a TR whose answer was kept from us."""
    return Outcome(tr, error.code, ms=ms, trouble=f"{type(error).__name__}: {error.said}"[:160])


def _cut(name: str) -> str:
    """The name in a column of its own."""
    told, width = "", 0
    for letter in name:
        wide = 2 if ord(letter) > 0x1100 else 1
        if width + wide > NAME_WIDTH:
            break
        told, width = told + letter, width + wide
    return told + " " * (NAME_WIDTH - width)
