"""A sheet for whoever reads without amounts: days, names and rates stay, every other figure is covered."""

from kiwoomweb.ui.covering import COVER
from kiwoomweb.ui.takeaway.sheet import Column, Form, Sheet

__all__ = ["covered"]

#: Whatever is not named here might be an amount, or lead to one.
SHOWN = frozenset({Form.TEXT, Form.RATE, Form.DAY, Form.MOMENT})


def covered(sheet: Sheet) -> Sheet:
    """The same columns and rows; rows are still read only once."""
    shown = [column.form in SHOWN for column in sheet.columns]
    columns = [
        column if is_shown else Column(column.label)
        for column, is_shown in zip(sheet.columns, shown, strict=True)
    ]
    rows = (
        [value if is_shown or value is None else COVER for value, is_shown in zip(row, shown, strict=True)]
        for row in sheet.rows
    )
    return Sheet(sheet.name, columns, rows)
