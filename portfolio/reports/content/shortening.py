"""Shortening: a mail that its reader's program would cut off says less of each account. Pure.

Gmail hides what comes after 102 kB. The text of the mail, its files and the report's page stay whole.
"""

from dataclasses import dataclass

from msgspec.structs import replace

from portfolio.reports.content.pieces import Block, Content, Section, Table, Words

__all__ = ["SHORTER", "Brevity", "shortened"]


@dataclass(frozen=True, slots=True)
class Brevity:
    """At most so many ``rows`` of each table, ``letters`` and ``lines`` of each quoted note, ``sections``."""

    rows: int
    letters: int
    lines: int
    sections: int


#: From a little shorter to the headlines, and at last, of very many accounts, their table alone.
SHORTER = (
    Brevity(15, 600, 12, 99),
    Brevity(8, 240, 4, 99),
    Brevity(5, 120, 2, 3),
    Brevity(5, 120, 2, 1),
    Brevity(0, 0, 0, 0),
)


def shortened(content: Content, to: Brevity) -> Content:
    """The same report with less in it; one that is short already is equal to itself."""
    return replace(content, sections=tuple(_less(section, to) for section in content.sections[: to.sections]))


def _less(section: Section, to: Brevity) -> Section:
    return Section(section.key, section.title, tuple(_shorter(block, to) for block in section.blocks))


def _shorter(block: Block, to: Brevity) -> Block:
    match block:
        case Table(rows=rows, brief=brief) if min(len(rows), brief) > to.rows:
            return replace(block, brief=to.rows)
        case Words(lines=lines, tone="quote") if len(lines) > to.lines or sum(map(len, lines)) > to.letters:
            cut = "\n".join(lines[: to.lines])[: to.letters]
            return Words((*cut.split("\n"), "…"), "quote")
    return block
