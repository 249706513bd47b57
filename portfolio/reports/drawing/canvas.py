"""A picture's ground: size, faces and colours, and the PNG of it. The same figure is the same bytes."""

import io
import os
from functools import cache
from typing import Any

from django.conf import settings

from portfolio.reports.fonts import face

__all__ = ["EDGE", "FALL", "INK", "LETTERS", "LINE", "QUIET", "RISE", "as_png", "font", "frame", "sheet"]

#: Colours of the light theme (``tokens.css``): a picture cannot follow the reader's.
INK, QUIET, LINE, EDGE = "#12161d", "#5b6471", "#e9ecf0", "#c3c9d2"
RISE, FALL = "#cf1430", "#1450c8"
#: Drawn twice as large as it is shown (552 px), for screens with fine pixels.
WIDTH, DPI = 5.52, 200
#: Points, by the content's form: read on a phone, where a picture is shown at two thirds of its width.
LETTERS = {1: 9.5, 2: 11.0}


def sheet(height: float, rows: tuple[int, ...] = (1,)) -> tuple[Any, list[Any]]:
    """A figure of that height in hundreds of shown pixels, with axes one above the other."""
    os.environ.setdefault("MPLCONFIGDIR", str(settings.VAR / "matplotlib"))
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(
        len(rows), 1, height_ratios=rows, hspace=0.12, left=0.125, right=0.985, top=0.96, bottom=0.13
    )
    axes = [figure.add_subplot(grid[0])]
    axes += [figure.add_subplot(grid[place], sharex=axes[0]) for place in range(1, len(rows))]
    return figure, axes


def frame(axes: Any, size: float, *, tick: Any = None) -> None:
    """Quiet lines, our face, numbers as ``tick`` writes them."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(EDGE)
    axes.grid(visible=True, axis="y", color=LINE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=QUIET, labelsize=size)
    if tick:
        axes.yaxis.set_major_formatter(lambda value, _place: tick(value))
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font(size))


@cache
def font(size: float, weight: str = "regular") -> Any:
    """The face at a size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(face(weight)), size=size)


def as_png(figure: Any) -> bytes:
    """The picture without a word on when or by what it was drawn."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None}, pil_kwargs={"compress_level": 6})
    return out.getvalue()
