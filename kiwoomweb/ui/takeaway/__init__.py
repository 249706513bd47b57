"""Taking away: any table of any page as CSV or as a workbook, in one manner."""

from kiwoomweb.ui.takeaway.answer import KINDS, attachment, pieces, take_away
from kiwoomweb.ui.takeaway.sheet import Column, Form, Sheet, Value
from kiwoomweb.ui.takeaway.text import as_csv
from kiwoomweb.ui.takeaway.workbook import as_workbook

__all__ = [
    "KINDS",
    "Column",
    "Form",
    "Sheet",
    "Value",
    "as_csv",
    "as_workbook",
    "attachment",
    "pieces",
    "take_away",
]
