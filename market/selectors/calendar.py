"""Calendar corrections, in the form the pure calendar takes."""

from datetime import date

from kiwoomweb.broker.market_calendar import Overrides
from market.models import CalendarOverride

__all__ = ["overrides"]


def overrides() -> Overrides:
    """Every corrected day, as ``is_trading_day`` and ``sessions`` take them."""
    days: dict[str, set[date]] = {kind: set() for kind in CalendarOverride.Kind.values}
    for day, kind in CalendarOverride.objects.values_list("day", "kind"):
        days[kind].add(day)
    return Overrides(frozenset(days["closed"]), frozenset(days["open"]), frozenset(days["late"]))
