"""Derived facts of a holding, for the one row that shows them."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portfolio.selectors.holdings import HoldingLine
from portfolio.selectors.performance import DayResult

register = template.Library()


@register.filter
def day_change(line: HoldingLine) -> int | None:
    """Won against yesterday's close; unknown where there was none."""
    return line.price - line.previous_close if line.previous_close else None


@register.filter
def day_rate(line: HoldingLine) -> Decimal | None:
    """Percent against yesterday's close."""
    change = day_change(line)
    return None if change is None else Decimal(100) * change / line.previous_close


@register.filter
def costs(result: DayResult) -> int:
    """Commission and tax of a day in won."""
    return result.commission + result.tax


@register.filter
def worth_facts(line: HoldingLine) -> SafeString:
    """What ``<live-worth>`` needs to follow the price until the broker's next own figure.

    ``costs`` is what the broker took off the plain difference for both commissions and the tax.
    """
    return format_html(
        'symbol="{}" quantity="{}" cost="{}" price="{}" profit="{}" costs="{}"',
        line.symbol,
        line.quantity,
        line.cost,
        line.price,
        line.profit,
        line.value - line.cost - line.profit,
    )
