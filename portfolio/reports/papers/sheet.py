"""The looks of a PDF: faces, sizes, colours, and the page around the report."""

from functools import cache
from typing import Any

from portfolio.reports.content.pieces import Content
from portfolio.reports.fonts import FACES, face, readable

__all__ = ["BOLD", "COLOURS", "REGULAR", "numbered", "registered", "style"]

REGULAR, BOLD = "Report", "Report-Bold"
COLOURS = {
    "": "#12161d", "rise": "#cf1430", "fall": "#1450c8", "weak": "#5b6471", "quiet": "#5b6471",
    "good": "#0a6b5f", "warn": "#8a5200", "quote": "#12161d", "lead": "#12161d", "line": "#dfe3e8",
}  # fmt: skip


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
        textColor=COLOURS[tone],
        alignment=TA_RIGHT if right else TA_LEFT,
        wordWrap="CJK",
    )


def numbered(content: Content) -> type[Any]:
    """A canvas that knows at the end how many pages there are and writes it under each."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self._foot(number, len(self._pages))
                super().showPage()
            super().save()

        def _foot(self, number: int, count: int) -> None:
            self.setFont(REGULAR, 7.5)
            self.setFillColor(COLOURS["quiet"])
            self.drawString(18 * mm, 11 * mm, readable(f"{content.title} · {content.account} · {content.span}"))
            told = content.page.format(page=number, pages=count)
            self.drawRightString(A4[0] - 18 * mm, 11 * mm, told)

    return Numbered
