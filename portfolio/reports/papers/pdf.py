"""A report as PDF on A4: text that can be selected and searched, tables whole, pictures as drawn for the mail.

Dates and numbers of the file come from the report, so that the same content is the same bytes.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from portfolio.reports.content.pieces import (
    Bars,
    Block,
    Calendar,
    Cell,
    Content,
    Curve,
    Figures,
    Heat,
    Square,
    Table,
    Words,
)
from portfolio.reports.drawing.drawn import pictures
from portfolio.reports.fonts import readable
from portfolio.reports.papers.page import numbered
from portfolio.reports.papers.sheet import (
    BOLD,
    COLOURS,
    LEADING,
    PADDING,
    REGULAR,
    cell_style,
    registered,
    style,
)

__all__ = ["render_pdf"]

#: A4 with margins of 18 mm, in points; six of them are the frame's own.
WIDTH, MARGIN, ABREAST = 493.2, 45.0, 3
Flow = Iterator[Any]


def render_pdf(content: Content, drawn: Mapping[str, bytes] | None = None) -> bytes:
    """The file. ``drawn`` are its pictures where the mail has drawn them already."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    registered()
    out = io.BytesIO()
    margins = {"leftMargin": MARGIN, "rightMargin": MARGIN, "topMargin": MARGIN, "bottomMargin": 60}
    about = {
        "title": content.subject,
        "author": content.account,
        "subject": content.span,
        "creator": "KiwoomWeb",
    }
    paper = SimpleDocTemplate(out, pagesize=A4, invariant=1, lang=content.language, **margins, **about)
    story = list(_story(content, pictures(content) if drawn is None else drawn))
    paper.build(story, canvasmaker=numbered(content))
    return out.getvalue()


def _story(content: Content, drawn: Mapping[str, bytes]) -> Flow:
    from reportlab.platypus import CondPageBreak, HRFlowable, Spacer

    yield _said(content.account, style(9, "quiet"))
    yield _said(content.title, style(20, bold=True))
    yield _said(content.span, style(10))
    for section in content.sections:
        yield CondPageBreak(90)
        yield Spacer(1, 14)
        yield _said(section.title, style(12, bold=True))
        yield HRFlowable(width="100%", thickness=1.2, color=COLOURS[""], spaceBefore=2, spaceAfter=6)
        for block in section.blocks:
            yield from _block(block, drawn)
            yield Spacer(1, 5)
    yield Spacer(1, 12)
    yield HRFlowable(width="100%", thickness=0.5, color=COLOURS["line"], spaceAfter=4)
    lost = (content.unreadable,) if _has_strange_letters(content) else ()
    for sentence in (*content.frozen, *lost):
        yield _said(sentence, style(7.5, "quiet"))


def _block(block: Block, drawn: Mapping[str, bytes]) -> Flow:
    match block:
        case Figures():
            yield _figures(block)
        case Words(lines=lines, tone=tone):
            size = {"lead": 12.0, "quiet": 8.0}.get(tone, 9.5)
            yield from (_said(line, style(size, tone, bold=tone in {"lead", "warn"})) for line in lines)
        case Table():
            yield _table(block)
        case Calendar():
            yield _calendar(block)
        case Curve() | Bars() | Heat():
            yield from _picture(block.title, drawn[block.cid])


def _said(text: str, look: Any) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(readable(text, "bold" if look.fontName == BOLD else "regular")), look)


def _picture(title: str, png: bytes) -> Flow:
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Image, KeepTogether

    wide, high = ImageReader(io.BytesIO(png)).getSize()
    image = Image(io.BytesIO(png), width=WIDTH, height=WIDTH * high / wide)
    yield KeepTogether([_said(title, style(8, "quiet")), image])


def _figures(block: Figures) -> Any:
    from reportlab.platypus import Table as Grid

    cells = [
        [
            _said(one.label, style(8, "quiet")),
            _said(one.cell.text, style(13, one.cell.tone, bold=True)),
            _said(one.note or " ", style(7, "quiet")),
        ]
        for one in block.items
    ]
    cells += [[]] * (-len(cells) % ABREAST)
    rows = [cells[start : start + ABREAST] for start in range(0, len(cells), ABREAST)]
    line = ("LINEBELOW", (0, 0), (-1, -1), 0.5, COLOURS["line"])
    return Grid(
        rows,
        colWidths=[WIDTH / ABREAST] * ABREAST,
        style=[line, ("VALIGN", (0, 0), (-1, -1), "TOP"), *_tight()],
    )


def _table(table: Table) -> Any:
    """Every row; the heading comes again on each page. Columns are as wide as their longest text, so that cells
    are plain texts (a paragraph each would cost ten times as much); only a table too wide breaks its names."""
    from reportlab.platypus import LongTable

    shown = [*table.rows, *([table.foot] if table.foot else [])]
    rows = [[readable(column.label) for column in table.columns]]
    rows += [[readable(cell.text) for cell in row] for row in shown]
    widths, tight = _widths(table, rows)
    heights = None if tight else [_high(row) for row in rows]
    if tight:
        rows[1:] = [_broken(table, row, texts) for row, texts in zip(shown, rows[1:], strict=True)]
    return LongTable(
        rows,
        colWidths=widths,
        rowHeights=heights,
        repeatRows=1,
        cellStyles=_looks(table, shown),
        style=_lines(table),
    )


def _high(texts: Sequence[str]) -> float:
    return LEADING * (1 + max(text.count("\n") for text in texts)) + PADDING[3] + PADDING[2]


def _broken(table: Table, row: tuple[Cell, ...], texts: list[str]) -> list[Any]:
    """Names as paragraphs, which break; numbers as they are."""
    return [
        _said(cell.text, style(8.5, cell.tone)) if column.form == "text" else text
        for column, cell, text in zip(table.columns, row, texts, strict=True)
    ]


def _looks(table: Table, rows: Sequence[tuple[Cell, ...]]) -> list[list[Any]]:
    """Of the heading and of every cell."""
    right = [column.form != "text" for column in table.columns]
    heads = [cell_style(8, "quiet", side) for side in right]
    return [
        heads,
        *([cell_style(8.5, cell.tone, side) for cell, side in zip(row, right, strict=True)] for row in rows),
    ]


def _lines(table: Table) -> list[tuple[Any, ...]]:
    """Below the heading and every row; the foot is set off."""
    foot = [("LINEABOVE", (0, -1), (-1, -1), 0.7, COLOURS["weak"])] if table.foot else []
    return [
        ("LINEBELOW", (0, 0), (-1, 0), 0.7, COLOURS["weak"]),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, COLOURS["line"]),
        *foot,
    ]


def _widths(table: Table, rows: Sequence[Sequence[str]]) -> tuple[list[float], bool]:
    """By the longest text of each column; what is left over goes to texts more than to numbers. Where there is
    not enough for all, texts give way and are told to break."""
    from reportlab.pdfbase.pdfmetrics import getFont

    face = getFont(REGULAR)
    wanted = [
        max(face.stringWidth(text, 8.5) for text in set(column)) + 9 for column in zip(*rows, strict=True)
    ]
    spare = WIDTH - sum(wanted)
    weights = [2 if column.form == "text" else 1 if spare > 0 else 0 for column in table.columns]
    each = spare / (sum(weights) or 1)
    return [width + each * weight for width, weight in zip(wanted, weights, strict=True)], spare < 0


def _calendar(calendar: Calendar) -> Any:
    from reportlab.platypus import Table as Grid

    heads = [_said(head, style(8, "quiet")) for head in calendar.heads]
    rows = [heads, *([_square(square) for square in week] for week in calendar.weeks)]
    grounds = [
        ("BACKGROUND", (x, y), (x, y), {"rise": "#fdeef0", "fall": "#edf3fe"}[square.cell.tone])
        for y, week in enumerate(calendar.weeks, 1)
        for x, square in enumerate(week)
        if square.cell.tone in {"rise", "fall"}
    ]
    lines = [("GRID", (0, 1), (-1, -1), 0.5, COLOURS["line"]), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    count = len(calendar.heads)
    return Grid(rows, colWidths=[WIDTH / count] * count, style=[*lines, *grounds])


def _square(square: Square) -> list[Any]:
    told = [_said(square.label or " ", style(7, "quiet"))]
    return [*told, _said(square.cell.text or " ", style(8.5, square.cell.tone))]


def _tight() -> list[tuple[Any, ...]]:
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    return [(name, (0, 0), (-1, -1), points) for name, points in zip(sides, PADDING, strict=True)]


def _has_strange_letters(content: Content) -> bool:
    """Whether any quoted text holds a letter the face lacks."""
    words = (block for section in content.sections for block in section.blocks if isinstance(block, Words))
    return any(readable(line) != line for block in words for line in block.lines)
