"""Reading: any TR's reply as typed and labelled cells, by what the catalogue and PROTOCOL 5 say of its fields.

    shapes.py     Kind, Column, Cell, Table, Reading: what a reader gives
    units.py      the catalogue's units, and those that hang on the question
    rules.py      what the catalogue does not say: whose sign is a direction, which unit is a slip
    meanings.py   one field -> its kind, its unit, its factor
    layout.py     a whole TR laid out for reading, once
    cells.py      one text -> its value, or a sentence why not
    reader.py     a whole reply
    question.py   the same the other way round: may this body be sent?

Nothing here raises for what the broker says, nothing becomes a silent zero, nothing that came is dropped.
"""

from kiwoomweb.broker.reading.question import question_problems
from kiwoomweb.broker.reading.reader import columns_of, read
from kiwoomweb.broker.reading.shapes import Cell, Column, Kind, Reading, Table, Value

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Reading",
    "Table",
    "Value",
    "columns_of",
    "question_problems",
    "read",
]
