"""Things drawn: charts, sparklines, share bars, icons. No style attribute anywhere: the policy forbids it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from kiwoomweb.ui.covered_figures import covered_figure
from kiwoomweb.ui.covering import is_covered

register = template.Library()

SPARK_WIDTH, SPARK_HEIGHT = 54, 20


@register.simple_tag
def plot(figure: Mapping[str, Any], label: str, css: str = "") -> SafeString:
    """A figure (a plain Plotly dict) that ``<plot-figure>`` draws when it comes into view."""
    return format_html(
        '<plot-figure class="{}" role="img" aria-label="{}"><span class="skeleton"></span>{}</plot-figure>',
        css,
        label,
        json_script(covered_figure(figure) if is_covered() else figure),
    )


@register.simple_tag
def spark(values: Sequence[int]) -> SafeString:
    """A line of the last values without axes; nothing for fewer than two."""
    if len(values) < 2:
        return SafeString("")
    low, spread = min(values), (max(values) - min(values)) or 1
    step = SPARK_WIDTH / (len(values) - 1)
    points = " ".join(
        f"{index * step:.1f},{SPARK_HEIGHT - 2 - (value - low) / spread * (SPARK_HEIGHT - 4):.1f}"
        for index, value in enumerate(values)
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" aria-hidden="true"><polyline points="{}"/></svg>',
        SPARK_WIDTH,
        SPARK_HEIGHT,
        points,
    )


@register.filter
def share(value: float | None) -> SafeString:
    """A small bar of ``value`` percent."""
    return format_html(
        '<svg class="share" aria-hidden="true"><rect width="{}%" height="100%"/></svg>',
        round(min(max(float(value or 0), 0), 100), 1),
    )


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A drawing of ``icons.svg`` in the colour of its words. It says nothing to a screen reader."""
    address = f"{static('icons/icons.svg')}#{name}"
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"/></svg>', css, address)
