"""Values of measures as the big number of a card, coloured where they are results."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kiwoomweb.ui.templatetags.money import compact, moved, trend, won
from portfolio.analytics.measures import Measure, Unit
from portfolio.wording.measures import interval, text

__all__ = ["interval", "shown", "text"]

#: Money that is a result, not a size: it wears colour and sign.
COLOURED = {Unit.WON, Unit.R}
#: Won that are neither gained nor lost.
SIZES = {
    "give_back",
    "slippage",
    "slippage_limit",
    "cost_drag",
    "cost_per_trade",
    "benchmark_same_flows",
    "liquidation_value",
}


def shown(measure: Measure) -> SafeString:
    """The value as the card's big number. Money is hidden with the amounts."""
    value, unit = measure.value, measure.unit
    if value is None:
        return SafeString('<span class="unknown">—</span>')
    if unit is Unit.WON and measure.key in SIZES:
        return format_html('<span class="amount" title="{}">{}</span>', won(value), compact(value))
    if unit is Unit.WON:
        return moved(value, compact)
    css = trend(value) if unit in COLOURED else ""
    return format_html('<span class="{}" title="{}">{}</span>', css, value, text(value, unit))
