"""How a day went: the running result with a dot for each fill, the indices in a strip under it.

The horizontal axis counts minutes from midnight; every label arrives as text.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.ui.templatetags.money import compact, won
from portfolio.figures.equity import ticks
from portfolio.selectors.day_course import IndexLine, Step

__all__ = ["course_figure"]

LOWER, UPPER, WHOLE = [0, 0.2], [0.28, 1], [0, 1]
COLOURS = {"001": "ma-3", "101": "ma-2"}


def course_figure(steps: Sequence[Step], indices: Sequence[IndexLine]) -> dict[str, Any]:
    """A figure of a day with at least one step."""
    places, sums = [_minutes(step.at) for step in steps], [step.running for step in steps]
    begun, ended = min(places), max(places)
    pad = max((ended - begun) // 20, 3)
    panes = {"yaxis": {"domain": UPPER if indices else WHOLE, "side": "right", **ticks([0, *sums], 4)}}
    if indices:
        panes["yaxis2"] = {"domain": LOWER, "side": "right", "anchor": "x", **_percents(indices)}
    return {
        "data": [
            _line(places, sums),
            *(_dots(steps, side) for side in (Side.BUY, Side.SELL)),
            *map(_index, indices),
        ],
        "layout": {"xaxis": {"range": [begun - pad, ended + pad], **_hours(begun - pad, ended + pad)}, **panes},
    }


def _line(places: list[float], sums: list[int]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "sum",
        "x": [places[0], *places],
        "y": [0, *sums],
        "fill": "tozeroy",
        "line": {"width": 1.6, "shape": "hv"},
        "meta": {"line": "line-main", "fill": "area-main"},
        "hoverinfo": "skip",
    }


def _dots(steps: Sequence[Step], side: Side) -> dict[str, Any]:
    mine = [step for step in steps if step.side is side]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": side.value,
        "x": [_minutes(step.at) for step in mine],
        "y": [step.running for step in mine],
        "marker": {"size": 8, "symbol": "triangle-up" if side is Side.BUY else "triangle-down"},
        "meta": {"bars": ["rise" if side is Side.BUY else "fall"] * len(mine)},
        "customdata": [_reading(step) for step in mine],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _index(line: IndexLine) -> dict[str, Any]:
    name = _("코스피") if line.code == "001" else _("코스닥")
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.code,
        "x": [_minutes(at) for at, _value in line.points],
        "y": [round(value, 3) for _at, value in line.points],
        "yaxis": "y2",
        "line": {"width": 1.2},
        "meta": {"line": COLOURS[line.code]},
        "customdata": [f"{name} {value:+.2f}%" for _at, value in line.points],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _reading(step: Step) -> str:
    """What the pointer reads; a name is text whatever it holds."""
    side = _("매수") if step.side is Side.BUY else _("매도")
    name = (step.name or step.symbol).replace("<", "‹").replace("&", "＆")
    line = f"{step.at.astimezone(SEOUL):%H:%M:%S} {name} {side} {won(step.quantity)}"
    return line if step.realised is None else f"{line}<br>{_signed(step.realised)} → {_signed(step.running)}"


def _hours(first: float, last: float) -> dict[str, Any]:
    every = 60 if last - first > 150 else 30 if last - first > 60 else 10
    at = [minute for minute in range(0, 24 * 60, every) if first <= minute <= last]
    return {
        "tickmode": "array",
        "tickvals": at,
        "ticktext": [f"{minute // 60}:{minute % 60:02}" for minute in at],
        "anchor": "y",
    }


def _percents(indices: Sequence[IndexLine]) -> dict[str, Any]:
    values = [value for line in indices for _at, value in line.points]
    low, high = min(0.0, *values), max(0.0, *values)
    pad = (high - low) * 0.1 or 0.1
    return {
        "range": [low - pad, high + pad],
        "tickmode": "array",
        "tickvals": [round(low, 2), round(high, 2)],
        "ticktext": [f"{low:+.2f}%", f"{high:+.2f}%"],
    }


def _minutes(at: datetime) -> float:
    local = at.astimezone(SEOUL)
    return round(local.hour * 60 + local.minute + local.second / 60, 2)


def _signed(value: int) -> str:
    return compact(value) if value < 0 else f"+{compact(value)}"
