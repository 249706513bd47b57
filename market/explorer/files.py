"""Files to take away: an answer of the broker as sheets, its headings with the wire's own names."""

from collections.abc import Sequence
from decimal import Decimal

from kiwoomweb.broker.reading import Cell, Column, Kind, Reading, Table
from kiwoomweb.ui import takeaway
from kiwoomweb.ui.takeaway import Form, Sheet
from kiwoomweb.ui.takeaway.sheet import EXACT
from market.explorer.figures import plain
from market.explorer.masking import Mask

__all__ = ["sheet_of", "sheets_of"]

#: How a workbook shows the figures of a column; whole numbers elsewhere.
FORMS = {Kind.RATE: Form.RATE, Kind.POINTS: Form.POINTS, Kind.NUMBER: Form.NUMBER}


def sheet_of(table: Table, mask: Mask) -> Sheet:
    """One list of the answer."""
    return _sheet(table.label, table.columns, table.rows, mask)


def sheets_of(reading: Reading, mask: Mask) -> list[Sheet]:
    """A sheet for every list, and one for the fields beside them."""
    lists = [sheet_of(table, mask) for table in reading.tables]
    if not reading.fields:
        return lists
    columns, cells = zip(*reading.fields, strict=True)
    return [_sheet(reading.tr.name, columns, [cells], mask), *lists]


def heading(column: Column) -> str:
    """``현재가 (cur_prc)``, with its unit where it has one."""
    unit = f", {column.unit}" if column.unit else ""
    return f"{column.label} ({column.name}{unit})"


def _sheet(name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], mask: Mask) -> Sheet:
    shown = [takeaway.Column(heading(column), FORMS.get(column.kind, Form.WHOLE)) for column in columns]
    return Sheet(
        name, shown, ([_value(*pair, mask) for pair in zip(columns, row, strict=True)] for row in rows)
    )


def _value(column: Column, cell: Cell, mask: Mask) -> takeaway.Value:
    value = cell.value
    if isinstance(value, (int, Decimal)) and not cell.problem and -EXACT < value < EXACT:
        return value
    return mask.text(column.name, plain(cell))
