"""Dots: one a trade, red when it won and blue when it lost; each a way to its trade."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.figures.axes import amounts

__all__ = ["Dot", "dots_figure"]


@dataclass(frozen=True, slots=True)
class Dot:
    """``x`` and ``y`` in percent; ``reading`` is what the pointer reads."""

    x: float
    y: float
    reading: str
    link: str = ""


def dots_figure(dots: Sequence[Dot]) -> dict[str, Any]:
    """A scatter of both percentages."""
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [dot.x for dot in dots],
                "y": [dot.y for dot in dots],
                "customdata": [dot.reading for dot in dots],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {"size": 6, "opacity": 0.6},
                "meta": {
                    "bars": ["rise" if dot.y > 0 else "fall" for dot in dots],
                    "links": [dot.link for dot in dots],
                },
            }
        ],
        "layout": {
            "hovermode": "closest",
            "xaxis": {**amounts([0, *(dot.x for dot in dots)], 6, "%"), "zeroline": True},
            "yaxis": {"side": "right", **amounts([0, *(dot.y for dot in dots)], 4, "%")},
        },
    }
