"""What a reply is once it is read: columns with labels and units, cells with values, tables, the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from kiwoomweb.broker.catalogue import TR

__all__ = ["Cell", "Column", "Kind", "Reading", "Table", "Value"]

Value = int | Decimal | date | time | datetime | str | None


class Kind(StrEnum):
    """What a column holds. Figures are whole numbers where they are whole, ``Decimal`` where they are not."""

    TEXT = "text"
    #: A symbol or a sector, without the letter of its class.
    CODE = "code"
    #: A code whose Korean meaning is in the column's ``choices``.
    CHOICE = "choice"
    #: Unsigned won; the sign on the wire was only its direction.
    PRICE = "price"
    #: An unsigned level of an index, ``Decimal``.
    POINTS = "points"
    #: Signed money in won, after the factor of its unit.
    WON = "won"
    #: Signed shares, orders, days, rows, after the factor of their unit.
    COUNT = "count"
    #: A signed percentage, ``Decimal``.
    RATE = "rate"
    #: Any other signed figure, ``Decimal``.
    NUMBER = "number"
    #: An unsigned traded size; the sign on the wire was who came to the other.
    TRADED = "traded"
    DAY = "day"
    CLOCK = "clock"
    MOMENT = "moment"
    ORDER_NO = "order_no"


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is the wire's, ``label`` Korean, ``unit`` what is shown behind a value (``"원"``, ``"%"``)."""

    name: str
    label: str
    kind: Kind
    unit: str
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. ``value`` is ``None`` where the field is blank, or unreadable: then ``problem`` says why.

    ``direction``: of a price or a level +1 up, -1 down, 0 flat; of a traded size +1 the buyer, -1 the seller;
    ``None`` where the wire does not say.
    """

    raw: str
    value: Value
    direction: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One list of a reply; every row has a cell for every column."""

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole reply. ``unknown`` counts, by path, the fields the catalogue does not know of.

    ``problems`` holds every trouble with its place: ``"bid_req_upper[3].cur_prc: …"``.
    """

    tr: TR
    fields: tuple[tuple[Column, Cell], ...]
    tables: tuple[Table, ...]
    unknown: Mapping[str, int]
    problems: tuple[str, ...]
