"""The calendar: which days the owner knows better than the packaged table."""

from datetime import date

from kiwoomweb.broker.market_calendar import Overrides
from kiwoomweb.once import once_a_request
from kiwoomweb.prepared import Prepared
from market.models import CalendarOverride

__all__ = ["corrections"]


@once_a_request
def corrections() -> Overrides:
    """The corrected days of the calendar."""
    kinds = CalendarOverride.Kind
    days: dict[str, set[date]] = {kind.value: set() for kind in kinds}
    for day, kind in _all.rows():
        days[kind].add(day)
    return Overrides(
        closed=frozenset(days[kinds.CLOSED]),
        opened=frozenset(days[kinds.OPEN] | days[kinds.LATE]),
        late=frozenset(days[kinds.LATE]),
    )


_all: Prepared[tuple[date, str]] = Prepared(lambda: CalendarOverride.objects.values_list("day", "kind"))
