"""The page of a PDF: its foot, and its words written quicker than reportlab writes them, byte for byte alike.

A cell's text goes through four objects of reportlab, each letter through three loops. A report has thousands of
cells and few different letters: what a letter becomes is kept while the document is written.
"""

from base64 import a85encode
from functools import cache
from typing import Any

from portfolio.reports.content.pieces import Content
from portfolio.reports.fonts import readable
from portfolio.reports.papers.sheet import COLOURS, REGULAR

__all__ = ["numbered"]


def numbered(content: Content) -> type[Any]:
    """A canvas that knows at the end how many pages there are and writes it under each."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm

    class Numbered(_quick_canvas()):  # type: ignore[misc]
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


@cache
def _quick_canvas() -> type[Any]:
    """reportlab's canvas with quick ``drawString`` and ``drawRightString`` for our own two faces."""
    from reportlab.lib.rl_accel import fp_str
    from reportlab.pdfbase import pdfdoc, pdfutils
    from reportlab.pdfbase.pdfmetrics import getFont
    from reportlab.pdfgen.canvas import Canvas

    # Its own is a loop over the bytes, which a picture has a hundred thousand of.
    pdfdoc.asciiBase85Encode = pdfutils.asciiBase85Encode = _base85

    class Quick(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            #: By face: (part of the face, how it is written) of each letter met so far.
            self._letters: dict[str, dict[str, tuple[int, str]]] = {}
            self._written: dict[tuple[str, float, float, str], str] = {}

        def drawString(self, x: float, y: float, text: str) -> None:
            what = (self._fontname, self._fontsize, self._leading, text)
            written = self._written.get(what)
            if written is None:
                written = self._written[what] = " ".join(self._parts(text))
            self._code.append(f"BT 1 0 0 1 {fp_str(x, y)} Tm {written} T* ET")

        def drawRightString(self, x: float, y: float, text: str) -> None:
            self.drawString(x - getFont(self._fontname).stringWidth(text, self._fontsize), y, text)

        def _parts(self, text: str) -> list[str]:
            """Runs of letters from one part of the face, each behind the part's name."""
            font, doc = getFont(self._fontname), self._doc
            letters = self._letters.setdefault(self._fontname, {})
            runs: list[tuple[int, list[str]]] = []
            for letter in text:
                if letter not in letters:
                    ((part, code),) = font.splitString(letter, doc)
                    letters[letter] = part, self._escape(code)
                part, code = letters[letter]
                if not runs or runs[-1][0] != part:
                    runs.append((part, []))
                runs[-1][1].append(code)
            size = f"{fp_str(self._fontsize)} Tf {fp_str(self._leading)} TL"
            return [f"{font.getSubsetInternalName(part, doc)} {size} ({''.join(run)}) Tj" for part, run in runs]

    return Quick


def _base85(data: bytes) -> str:
    """What reportlab's own loop gives, four letters at a time."""
    return f"{a85encode(data).decode('ascii')}~>"
