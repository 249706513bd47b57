"""The looks of a PDF: faces, sizes, colours, of paragraphs and of cells."""

from functools import cache
from typing import Any

from portfolio.reports.fonts import FACES, face

__all__ = ["BOLD", "COLOURS", "LEADING", "PADDING", "REGULAR", "cell_style", "registered", "style"]

REGULAR, BOLD = "Report", "Report-Bold"
COLOURS = {
    "": "#12161d", "rise": "#cf1430", "fall": "#1450c8", "weak": "#5b6471", "quiet": "#5b6471",
    "good": "#0a6b5f", "warn": "#8a5200", "quote": "#12161d", "lead": "#12161d", "line": "#dfe3e8",
}  # fmt: skip


#: Points of a line in a cell; left, right, above and below it.
LEADING, PADDING = 12.5, (0, 8, 2, 3)


@cache
def registered() -> None:
    """Make the faces known to reportlab, once."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    for name, weight in zip((REGULAR, BOLD), FACES, strict=True):
        registerFont(TTFont(name, str(face(weight))))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def style(size: float, tone: str = "", bold: bool = False, right: bool = False) -> Any:
    """A paragraph's style: Korean lines may break between any two syllables."""
    from reportlab.lib.enums import TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        f"{size}{tone}{bold}{right}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.5,
        textColor=colour(tone),
        alignment=TA_RIGHT if right else TA_LEFT,
        wordWrap="CJK",
    )


@cache
def cell_style(size: float, tone: str, right: bool) -> Any:
    """The look of a table's cell. Cells of one look share it: a look each would cost more than the letters."""
    from reportlab.platypus.tables import CellStyle

    look = CellStyle(f"{size}{tone}{right}")
    look.fontname, look.fontsize, look.leading = REGULAR, size, LEADING
    look.color, look.alignment, look.valign = colour(tone), "RIGHT" if right else "LEFT", "MIDDLE"
    look.leftPadding, look.rightPadding, look.topPadding, look.bottomPadding = PADDING
    return look


@cache
def colour(tone: str) -> Any:
    """Of a tone; read once, for reading it costs as much as writing a word."""
    from reportlab.lib.colors import HexColor

    return HexColor(COLOURS[tone])
