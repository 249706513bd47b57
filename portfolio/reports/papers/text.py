"""A report as plain text, for mail programs that show no other and for people who prefer it."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from portfolio.reports.content.pieces import (
    Bars,
    Block,
    Calendar,
    Cell,
    Content,
    Curve,
    Figures,
    Heat,
    Section,
    Table,
    Words,
)

__all__ = ["render_text", "width_of"]

RULE = "─" * 36


def render_text(content: Content) -> str:
    """The whole report; lines end with one newline, columns line up where letters have one or two widths."""
    head = [content.title, content.span, content.account]
    parts = ["\n".join(head), *map(_section, content.sections), "\n".join((RULE, *content.frozen))]
    return "\n\n".join(parts) + "\n"


def width_of(text: str) -> int:
    """Columns of a fixed-width screen: a syllable takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _section(section: Section) -> str:
    blocks = (told for block in section.blocks if (told := "\n".join(_block(block))))
    return "\n\n".join((f"■ {section.title}", *blocks))


def _block(block: Block) -> Iterable[str]:
    match block:
        case Figures(items=items):
            return _columns([(f"{one.label}", one.cell.text, one.note) for one in items], numbers={1})
        case Words(lines=lines, tone=tone):
            return [f"> {line}" for line in lines] if tone == "quote" else lines
        case Table():
            return _table(block)
        case Calendar():
            return _calendar(block)
        case Curve() | Bars() | Heat():
            return [f"[{block.title}] {block.alt}"]


def _table(table: Table) -> Iterator[str]:
    heads = tuple(column.label for column in table.columns)
    shown = [*table.rows[: table.brief], *([table.foot] if table.foot else [])]
    rows = [heads, *(tuple(cell.text for cell in row) for row in shown)]
    numbers = {place for place, column in enumerate(table.columns) if column.form != "text"}
    yield from _columns(rows, numbers)
    if table.more:
        yield table.more


def _calendar(calendar: Calendar) -> Iterator[str]:
    def told(label: str, cell: Cell) -> str:
        return f"{label} {cell.text}".strip()

    rows = [tuple(told(square.label, square.cell) for square in week) for week in calendar.weeks]
    yield from _columns([calendar.heads, *rows], set())


def _columns(rows: Sequence[Sequence[str]], numbers: set[int]) -> list[str]:
    """Columns as wide as their widest text, two spaces between, numbers to the right."""
    if not rows:
        return []
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]

    def padded(text: str, place: int) -> str:
        space = " " * (widths[place] - width_of(text))
        return space + text if place in numbers else text + space

    return ["  ".join(padded(text, place) for place, text in enumerate(row)).rstrip() for row in rows]
