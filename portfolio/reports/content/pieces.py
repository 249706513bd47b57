"""What a report is made of: plain values in the reader's words, nothing left to look up.

A ``Content`` holds every word and figure of one report. Papers and pictures are drawn from it alone, without
database, clock, language or settings, so that a kept content gives the same bytes again. ``kept`` and
``taken_up`` carry it to a database and back. What a masked reader may not see is not in it.
"""

from datetime import date, datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

__all__ = [
    "FORM",
    "Bars",
    "Block",
    "Calendar",
    "Cell",
    "Column",
    "Content",
    "Curve",
    "Figure",
    "Figures",
    "Heat",
    "Section",
    "Square",
    "Table",
    "Words",
    "kept",
    "pictures_in",
    "taken_up",
]

#: Counted up whenever papers would be drawn otherwise from the same content. What was kept under an older
#: number is drawn as it was then: its pages and files stay the same byte for byte.
FORM = 2


class Cell(Struct, frozen=True, omit_defaults=True):
    """One figure or word. ``tone`` is ``rise``, ``fall``, ``weak`` or nothing; ``value`` is the number itself
    for a spreadsheet, ``None`` where the text is all there is."""

    text: str
    tone: str = ""
    value: Decimal | None = None


class Column(Struct, frozen=True, omit_defaults=True):
    """A heading. ``is_wide`` columns are left out on a narrow screen; ``form`` is how a sheet shows numbers:
    ``text``, ``whole``, ``rate`` or ``number``."""

    label: str
    form: str = "text"
    is_wide: bool = False


class Figure(Struct, frozen=True, omit_defaults=True):
    """A figure in large letters, with a word on what it was made of."""

    label: str
    cell: Cell
    note: str = ""


class Figures(Struct, frozen=True, tag=True):
    """Figures side by side."""

    items: tuple[Figure, ...]


class Words(Struct, frozen=True, tag=True, omit_defaults=True):
    """Paragraphs. ``tone``: ``lead``, ``good``, ``warn``, ``quiet``, ``quote`` or nothing."""

    lines: tuple[str, ...]
    tone: str = ""


class Table(Struct, frozen=True, tag=True, omit_defaults=True):
    """A table; ``foot`` is its sum, ``brief`` how many rows a mail shows, ``more`` a word on the others."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] = ()
    brief: int = 25
    more: str = ""


class Square(Struct, frozen=True, omit_defaults=True):
    """One day of a calendar; a blank ``label`` is a day of another month."""

    label: str = ""
    cell: Cell = Cell("")
    note: str = ""


class Calendar(Struct, frozen=True, tag=True):
    """A month as a table, Monday to Friday and the week's sum."""

    name: str
    heads: tuple[str, ...]
    weeks: tuple[tuple[Square, ...], ...]


class Curve(Struct, frozen=True, tag=True, omit_defaults=True):
    """A line by day with its falls below the last height. ``unit``: ``won``, ``percent`` or ``r``."""

    cid: str
    title: str
    alt: str
    days: tuple[date, ...]
    values: tuple[Decimal, ...]
    falls: tuple[Decimal, ...]
    unit: str
    falls_title: str = ""


class Bars(Struct, frozen=True, tag=True):
    """Bars above and below zero, one a label."""

    cid: str
    title: str
    alt: str
    labels: tuple[str, ...]
    values: tuple[Decimal, ...]
    unit: str


class Heat(Struct, frozen=True, tag=True):
    """A year of days, week by week: red and blue by the size of the result. ``None``: nothing sold."""

    cid: str
    title: str
    alt: str
    days: tuple[date, ...]
    values: tuple[Decimal | None, ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]


Block = Figures | Words | Table | Calendar | Curve | Bars | Heat
Picture = Curve | Bars | Heat


class Section(Struct, frozen=True):
    """A heading with what belongs under it."""

    key: str
    title: str
    blocks: tuple[Block, ...]


class Content(Struct, frozen=True, omit_defaults=True):
    """One report. ``as_of`` (our clock) is the moment whose knowledge it tells; ``frozen`` says in sentences
    what of it was known then and what only when the report was made. ``page`` is the word under a PDF's page,
    with ``{page}`` and ``{pages}``. ``subject`` and ``preview`` are for the mail and name no amounts."""

    kind: str
    language: str
    is_masked: bool
    first: date
    last: date
    as_of: datetime
    title: str
    subject: str
    preview: str
    account: str
    span: str
    frozen: tuple[str, ...]
    sections: tuple[Section, ...]
    page: str
    unreadable: str
    #: ``FORM`` when it was made; the first one is not written down.
    form: int = 1


def pictures_in(content: Content) -> tuple[Picture, ...]:
    """What has to be drawn, in order."""
    blocks = (block for section in content.sections for block in section.blocks)
    return tuple(block for block in blocks if isinstance(block, Picture))


def kept(content: Content) -> bytes:
    """The content as JSON, for a database; the same content is the same bytes."""
    return msgspec.json.encode(content)


def taken_up(data: bytes | str) -> Content:
    """A kept content again. Raises ``msgspec.ValidationError`` for anything else."""
    return msgspec.json.decode(data, type=Content)
