"""Derived facts of a holding, for the one row that shows them."""

from django import template

from portfolio.selectors.performance import DayResult

register = template.Library()


@register.filter
def costs(result: DayResult) -> int:
    """Commission and tax of a day in won."""
    return result.commission + result.tax
