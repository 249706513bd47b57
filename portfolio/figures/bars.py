"""Bars: one a group, red above and blue below zero, each a way to its trades. Small samples are pale."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from portfolio.figures.axes import amount, amounts

__all__ = ["Bar", "bars_figure"]

#: Letters of a label in one line; the clock times of a session fit.
WIDEST = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """``value`` in won, R or trades; ``n`` trades behind it; ``link`` where they are."""

    label: str
    value: float
    n: int
    link: str = ""
    is_pale: bool = False
    #: The token it is drawn in; without one its sign decides.
    ink: str = ""


def bars_figure(bars: Sequence[Bar], unit: str = "won") -> dict[str, Any]:
    """Vertical bars in the order given."""
    values = [bar.value for bar in bars]
    places = list(range(len(bars)))
    return {
        "data": [
            {
                "type": "bar",
                "x": places,
                "y": values,
                "customdata": [_reading(bar, unit) for bar in bars],
                "hovertemplate": "%{customdata}<extra></extra>",
                "meta": {"bars": [_ink(bar) for bar in bars], "links": [bar.link for bar in bars]},
            }
        ],
        "layout": {
            "bargap": 0.28,
            "xaxis": {
                "tickmode": "array",
                "tickvals": places,
                "ticktext": [_under(bar.label) for bar in bars],
                "automargin": True,
                "range": _room(len(bars)),
            },
            "yaxis": {"side": "right", **amounts([0, *values], 4, unit)},
        },
    }


def _under(label: str) -> str:
    """The label under its bar: a long one in lines, for the chart leaves out what does not fit beside it."""
    return "<br>".join(wrap(label, WIDEST)) or label


def _room(count: int) -> list[float]:
    """Few bars stay slim: there is room for half a dozen."""
    spare = max(0, 6 - count) / 2
    return [-0.5 - spare, count - 0.5 + spare]


def _ink(bar: Bar) -> str:
    if bar.ink:
        return bar.ink
    side = "rise" if bar.value > 0 else "fall"
    return f"bar-{side}" if bar.is_pale else side


def _reading(bar: Bar, unit: str) -> str:
    if unit == "n":
        return _("%(label)s<br>거래 %(n)s건") % {"label": bar.label, "n": f"{bar.n:,}"}
    words = {"label": bar.label, "value": amount(bar.value, unit), "n": f"{bar.n:,}"}
    return _("%(label)s<br>%(value)s<br>거래 %(n)s건") % words
