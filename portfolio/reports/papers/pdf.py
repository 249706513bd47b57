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
    Column,
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
from portfolio.reports.papers.sheet import BOLD, COLOURS, REGULAR, numbered, registered, style

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

    widths, tight = _widths(table)
    shown = [*table.rows, *([table.foot] if table.foot else [])]
    made = _broken if tight else _plain
    rows = [[readable(column.label) for column in table.columns]]
    rows += [[made(column, cell) for column, cell in zip(table.columns, row, strict=True)] for row in shown]
    looks = [*_looks(table), *_tones(shown)]
    return LongTable(rows, colWidths=widths, repeatRows=1, style=looks)


def _plain(_column: Column, cell: Cell) -> Any:
    return readable(cell.text)


def _broken(column: Column, cell: Cell) -> Any:
    return _said(cell.text, style(8.5, cell.tone)) if column.form == "text" else readable(cell.text)


def _looks(table: Table) -> list[tuple[Any, ...]]:
    """Lines, faces and sides; the foot is set off."""
    numbers = [place for place, column in enumerate(table.columns) if column.form != "text"]
    foot = [("LINEABOVE", (0, -1), (-1, -1), 0.7, COLOURS["weak"])] if table.foot else []
    return [
        ("FONT", (0, 0), (-1, -1), REGULAR, 8.5, 12.5),
        ("FONTSIZE", (0, 0), (-1, 0), 8),
        ("TEXTCOLOR", (0, 0), (-1, -1), COLOURS[""]),
        ("TEXTCOLOR", (0, 0), (-1, 0), COLOURS["quiet"]),
        ("LINEBELOW", (0, 0), (-1, 0), 0.7, COLOURS["weak"]),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, COLOURS["line"]),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *(("ALIGN", (place, 0), (place, -1), "RIGHT") for place in numbers),
        *foot,
        *_tight(),
    ]


def _tones(rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Any, ...]]:
    for y, row in enumerate(rows, 1):
        for x, cell in enumerate(row):
            if cell.tone:
                yield "TEXTCOLOR", (x, y), (x, y), COLOURS[cell.tone]


def _widths(table: Table) -> tuple[list[float], bool]:
    """By the longest text of each column; what is left over goes to texts more than to numbers. Where there is
    not enough for all, texts give way and are told to break."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    rows = [*table.rows, *([table.foot] if table.foot else [])]
    wanted = []
    for place, column in enumerate(table.columns):
        texts = {column.label, *(row[place].text for row in rows)}
        wanted.append(max(stringWidth(readable(text), REGULAR, 8.5) for text in texts) + 9)
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
    sides = (("LEFTPADDING", 0), ("RIGHTPADDING", 8), ("TOPPADDING", 2), ("BOTTOMPADDING", 3))
    return [(name, (0, 0), (-1, -1), points) for name, points in sides]


def _has_strange_letters(content: Content) -> bool:
    """Whether any quoted text holds a letter the face lacks."""
    words = (block for section in content.sections for block in section.blocks if isinstance(block, Words))
    return any(readable(line) != line for block in words for line in block.lines)
