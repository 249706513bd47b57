"""Curves over trades or days: one or more lines on one axis, the last value named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.figures.axes import amount, amounts

__all__ = ["Line", "lines_figure"]

#: More points than the screen has pixels are thinned; the last one always stays.
MOST = 1_200


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, a value a place, the token it is drawn in; ``fill`` shades it down to zero."""

    name: str
    values: Sequence[float]
    ink: str
    fill: str = ""
    is_dashed: bool = False


def lines_figure(
    lines: Sequence[Line], labels: Sequence[str], unit: str = "won", *, from_zero: bool = True
) -> dict[str, Any]:
    """``labels`` names each place of the axis (a day, a trade's number)."""
    kept = _kept(len(labels))
    every = [value for line in lines for value in line.values] or [0.0]
    ends = [line.values[-1] for line in lines if line.values]
    highest = ends.index(max(ends)) if ends else 0
    return {
        "data": [_trace(line, labels, kept, unit) for line in lines],
        "layout": {
            "xaxis": _places(labels, kept),
            "yaxis": {
                "side": "right",
                **amounts([0, *every] if from_zero else every, 4, unit, is_open=not from_zero),
            },
            "annotations": [
                _end(line, unit, place == highest)
                for place, line in enumerate(line for line in lines if line.values)
            ],
        },
    }


def _kept(count: int) -> list[int]:
    step = max(1, -(-count // MOST))
    places = list(range(0, count, step))
    return places if not places or places[-1] == count - 1 else [*places, count - 1]


def _trace(line: Line, labels: Sequence[str], kept: Sequence[int], unit: str) -> dict[str, Any]:
    kept = [place for place in kept if place < len(line.values)]
    trace = {
        "type": "scatter",
        "mode": "lines" if len(kept) > 1 else "markers",  # one point draws no line
        "name": line.name,
        "x": list(kept),
        "y": [line.values[place] for place in kept],
        "customdata": [f"{labels[p]}<br>{line.name} {amount(line.values[p], unit)}" for p in kept],
        "hovertemplate": "%{customdata}<extra></extra>",
        "line": {"width": 1.6, "dash": "dot" if line.is_dashed else "solid"},
        "meta": {"line": line.ink, "fill": line.fill},
    }
    return trace | ({"fill": "tozeroy"} if line.fill else {})


def _places(labels: Sequence[str], kept: Sequence[int]) -> dict[str, Any]:
    """A handful of names along the axis: on a phone there is room for so many."""
    step = max(1, -(-len(kept) // 5))
    shown = kept[::step]
    return {
        "tickmode": "array",
        "tickangle": 0,
        "tickvals": list(shown),
        "ticktext": [labels[place] for place in shown],
        "range": [-0.5, max(len(labels) - 0.5, 0.5)],
    }


def _end(line: Line, unit: str, is_highest: bool) -> dict[str, Any]:
    return {
        "x": len(line.values) - 1,
        "y": line.values[-1],
        "xref": "x",
        "yref": "y",
        "xanchor": "right",
        "yanchor": "bottom" if is_highest else "top",
        "text": f"{line.name} {amount(line.values[-1], unit)}",
        "name": line.ink,
        "showarrow": False,
    }
