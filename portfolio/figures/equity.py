"""The running sum of realised results over its drawdown: two panes on one time axis.

Colours are names of CSS tokens in ``meta``; the browser fills them in and again when the theme changes.
Days are numbered, so that weekends leave no gap.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kiwoomweb.ui.templatetags.money import compact
from portfolio.analytics.equity import EquityPoint
from portfolio.selectors.performance import EquityCurve

__all__ = ["equity_figure", "ticks"]

STEPS = (1, 2, 2.5, 5, 10)
#: The share of the height the drawdown takes.
LOWER, UPPER = [0, 0.24], [0.32, 1]


def equity_figure(curve: EquityCurve) -> dict[str, Any]:
    """A figure with two lines; empty lists while there is no day yet."""
    points = curve.points
    sums, falls = [p.cumulative for p in points], [p.drawdown for p in points]
    reading = {"hovertemplate": "%{customdata}<extra></extra>", "customdata": [_reading(p) for p in points]}
    return {
        "data": [
            _line("sum", sums, "line-main", "area-main") | reading,
            _line("fall", falls, "fall", "area-fall") | {"yaxis": "y2"},
        ],
        "layout": {
            "xaxis": {"anchor": "y2", "range": [-0.5, len(points) - 0.5], **_months(points)},
            "yaxis": {"domain": UPPER, "side": "right", **ticks([0, *sums], 4)},
            "yaxis2": {"domain": LOWER, "side": "right", "anchor": "x", **ticks([0, *falls], 2, below=0.5)},
            "annotations": list(_labels(curve)),
        },
    }


def _line(name: str, values: list[int], line: str, fill: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(range(len(values))),
        "y": values,
        "fill": "tozeroy",
        "line": {"width": 1.6},
        "meta": {"line": line, "fill": fill},
        "hoverinfo": "skip",
    }


def _reading(point: EquityPoint) -> str:
    """What the pointer reads. Plain lines: Plotly would write bold as a style attribute, which is forbidden."""
    words = {
        "day": date_format(point.day, "Y-m-d"),
        "realised": _signed(point.realised),
        "sum": _signed(point.cumulative),
        "fall": compact(point.drawdown),
    }
    return _("%(day)s<br>그날 %(realised)s<br>누적 %(sum)s<br>낙폭 %(fall)s") % words


def _months(points: Sequence[EquityPoint]) -> dict[str, Any]:
    """A tick where a month begins; fewer of them when there are many."""
    turns = [(i, b) for i, (a, b) in enumerate(pairwise(points), 1) if a.day.month != b.day.month]
    turns = [(0, points[0]), *turns] if points and not (turns and turns[0][0] < len(points) / 20) else turns
    turns = turns[:: max(1, round(len(turns) / 12))]
    return {
        "tickmode": "array",
        "tickvals": [index for index, _point in turns],
        "ticktext": [_month(point) for _index, point in turns],
    }


def _month(point: EquityPoint) -> str:
    return date_format(point.day, "Y-m" if point.day.month == 1 else "M")


def ticks(values: Iterable[int], count: int, below: float = 0.08) -> dict[str, Any]:
    """Round steps from the lowest to the highest value, worded like every other amount.

    ``below`` is the room under the lowest, as a share of the height: words stand there.
    """
    numbers = list(values)
    low, high = min(numbers), max(numbers)
    height = high - low or 1
    rough = max(height / count, 1)
    unit = 10 ** (len(str(int(rough))) - 1)
    step = max(1, int(next(times * unit for times in STEPS if times * unit >= rough)))
    at = list(range(-(-low // step) * step, high + 1, step))
    return {
        "range": [low - height * below, high + height * 0.08],
        "tickmode": "array",
        "tickvals": at,
        "ticktext": [compact(value) for value in at],
    }


def _labels(curve: EquityCurve) -> Iterable[dict[str, Any]]:
    points = curve.points
    if not points:
        return
    last = {"x": len(points) - 1, "y": points[-1].cumulative, "xanchor": "left", "xref": "x", "yref": "y"}
    yield {**last, "text": _signed(points[-1].cumulative), "name": "tag", "showarrow": False}
    if curve.fall:
        at = next(i for i, point in enumerate(points) if point.day == curve.fall.trough_day)
        text = _("최대 낙폭 %(fall)s") % {"fall": compact(curve.fall.depth)}
        place = {"x": at, "y": curve.fall.depth, "xref": "x", "yref": "y2", "yanchor": "top"}
        yield {**place, "text": text, "name": "fall", "showarrow": False}


def _signed(value: int) -> str:
    return compact(value) if value < 0 else f"+{compact(value)}"
