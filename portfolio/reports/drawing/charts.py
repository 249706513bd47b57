"""The three charts: a curve over its falls, bars around zero, a year of days."""

from datetime import date, timedelta
from typing import Any

from portfolio.reports.content.pieces import Bars, Curve, Heat
from portfolio.reports.drawing.canvas import EDGE, FALL, INK, LETTERS, QUIET, RISE, as_png, font, frame, sheet
from portfolio.reports.drawing.ticks import ticks_of

__all__ = ["draw_bars", "draw_curve", "draw_heat"]

#: Day names below a curve, at the most.
NAMES = 6
#: Shades of a year's days, from a little to much.
RISES = ("#f9d9de", "#f0a3ae", "#e0566a", "#cf1430")
FALLS = ("#d8e3fa", "#a3bdf2", "#5a86df", "#1450c8")
STILL = "#f0f2f5"


def draw_curve(curve: Curve, language: str, form: int) -> bytes:
    """The line above, how far it stands below its highest day underneath. Days stand side by side."""
    figure, (upper, lower) = sheet(2.5, (3, 1))
    places = range(len(curve.days))
    values, falls = [float(value) for value in curve.values], [float(value) for value in curve.falls]
    tick = ticks_of(curve.unit, language)
    upper.plot(places, values, color=INK, linewidth=1.3, solid_joinstyle="round")
    upper.fill_between(places, values, 0, color=INK, alpha=0.05, linewidth=0)
    upper.axhline(0, color=EDGE, linewidth=0.8)
    lower.fill_between(places, falls, 0, color=FALL, alpha=0.35, linewidth=0)
    lower.plot(places, falls, color=FALL, linewidth=0.8)
    if values:
        upper.plot([len(values) - 1], values[-1:], "o", markersize=3.5, color=RISE if values[-1] >= 0 else FALL)
    step = max(1, -(-len(curve.days) // NAMES))
    shown = list(places)[::step]
    lower.set_xticks(shown, [_day(curve.days[place]) for place in shown])
    lower.margins(x=0.015)
    upper.tick_params(labelbottom=False)
    letters = LETTERS[form]
    frame(upper, letters, tick=tick)
    frame(lower, letters, tick=tick)
    lower.yaxis.set_major_locator(_few(2))
    upper.yaxis.set_major_locator(_few(5))
    if curve.falls_title:
        lower.text(
            0.005 if form < 2 else 0.015,
            0.06,
            curve.falls_title,
            transform=lower.transAxes,
            fontproperties=font(letters - 1),
            color=QUIET,
        )
    return as_png(figure)


def draw_bars(bars: Bars, language: str, form: int) -> bytes:
    """Red above zero, blue below."""
    figure, (axes,) = sheet(2.1)
    values = [float(value) for value in bars.values]
    places = range(len(values))
    axes.bar(places, values, color=[RISE if value >= 0 else FALL for value in values], width=0.7)
    axes.axhline(0, color=QUIET, linewidth=0.8)
    step = max(1, -(-len(values) // _room(bars.labels, form)))
    shown = list(places)[::step]
    axes.set_xticks(shown, [bars.labels[place] for place in shown])
    axes.margins(x=0.02)
    frame(axes, LETTERS[form], tick=ticks_of(bars.unit, language))
    axes.yaxis.set_major_locator(_few(5))
    return as_png(figure)


def draw_heat(heat: Heat, form: int) -> bytes:
    """A square a day, a column a week; shades by quarters of one's own days, so no jackpot whitens the rest."""
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    figure, (axes,) = sheet(0.95)
    figure.subplots_adjust(left=0.05, right=0.99, top=0.98, bottom=0.2)
    monday = heat.days[0] - timedelta(days=heat.days[0].weekday())
    sizes = sorted(abs(float(value)) for value in heat.values if value)
    squares, colours = [], []
    firsts: dict[tuple[int, int], int] = {}
    for day, value in zip(heat.days, heat.values, strict=True):
        week = (day - monday).days // 7
        squares.append(Rectangle((week + 0.06, 4 - day.weekday() + 0.06), 0.88, 0.88))
        colours.append(_shade(None if value is None else float(value), sizes))
        firsts.setdefault((day.year, day.month), week)
    axes.add_collection(PatchCollection(squares, facecolors=colours, linewidths=0))
    axes.set_xlim(0, (heat.days[-1] - monday).days // 7 + 1)
    axes.set_ylim(0, 5)
    axes.set_aspect("equal")
    axes.set_xticks([week + 0.5 for week in firsts.values()], list(heat.months[: len(firsts)]))
    # A row is lower than a letter that can be read on a phone: since form 2 every other one is named.
    step, size = (1, 7) if form < 2 else (2, LETTERS[form] - 1)
    axes.set_yticks([4.5, 3.5, 2.5, 1.5, 0.5][::step], list(heat.weekdays[::step]))
    frame(axes, size)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    return as_png(figure)


def _room(labels: tuple[str, ...], form: int) -> int:
    """How many of such labels stand side by side."""
    letters = 90 if form < 2 else 80
    return max(4, letters // (max(map(len, labels), default=0) + 4))


def _shade(value: float | None, sizes: list[float]) -> str:
    if not value or not sizes:
        return STILL
    below = sum(size <= abs(value) for size in sizes) / len(sizes)
    return (RISES if value > 0 else FALLS)[min(3, int(below * 4))]


def _day(day: date) -> str:
    return f"{day.month}/{day.day}"


def _few(count: int) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=count)
