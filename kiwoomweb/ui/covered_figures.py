"""Figures for whoever reads without amounts: the same picture, every axis in percent of its largest value.

Words in a figure are covered where they are made; here go the numbers that the browser draws with. Values,
ticks, ranges and notes of an axis are scaled together, so that nothing moves on the screen.
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["covered_figure"]


def covered_figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A copy in which no number says how much."""
    traces = [dict(trace) for trace in figure["data"]]
    layout = dict(figure["layout"])
    for way in ("x", "y"):
        names = {str(trace.get(f"{way}axis", way)) for trace in traces}
        for name in names:
            scale = _scale([one for trace in _of(traces, way, name) for one in trace.get(way, ())])
            for trace in _of(traces, way, name):
                trace[way] = [_times(one, scale) for one in trace.get(way, ())]
            _axis(layout, name.replace(way, f"{way}axis"), scale)
            _notes(layout, way, name, scale)
    return {**figure, "data": traces, "layout": layout}


def _of(traces: list[dict[str, Any]], way: str, name: str) -> list[dict[str, Any]]:
    return [trace for trace in traces if trace.get(f"{way}axis", way) == name]


def _scale(values: list[Any]) -> float:
    most = max((abs(one) for one in values if isinstance(one, int | float)), default=0)
    return 100 / float(most) if most else 1.0


def _times(value: Any, scale: float) -> Any:
    return round(value * scale, 4) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _axis(layout: dict[str, Any], key: str, scale: float) -> None:
    if key not in layout:
        return
    axis = dict(layout[key])
    for name in ("range", "tickvals"):
        if name in axis:
            axis[name] = [_times(one, scale) for one in axis[name]]
    for name in ("tick0", "dtick"):
        if name in axis:
            axis[name] = _times(axis[name], scale)
    layout[key] = axis


def _notes(layout: dict[str, Any], way: str, name: str, scale: float) -> None:
    """Annotations and shapes that stand on this axis."""
    for kind in ("annotations", "shapes"):
        if kind in layout:
            layout[kind] = [_moved(one, way, name, scale) for one in layout[kind]]


def _moved(note: Mapping[str, Any], way: str, name: str, scale: float) -> dict[str, Any]:
    if note.get(f"{way}ref", way) != name:
        return dict(note)
    places = {key: _times(note[key], scale) for key in (way, f"{way}0", f"{way}1") if key in note}
    return {**note, **places}
