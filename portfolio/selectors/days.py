"""Which day it is for an account, and which days were trading days, the owner's corrections included."""

from datetime import date

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import Overrides, is_trading_day, previous_trading_day
from market.models import CalendarOverride

__all__ = ["corrections", "today_of", "trading_day_on"]


def corrections() -> Overrides:
    """The corrected days of the calendar."""
    kinds = CalendarOverride.Kind
    days: dict[str, set[date]] = {kind.value: set() for kind in kinds}
    for day, kind in CalendarOverride.objects.values_list("day", "kind"):
        days[kind].add(day)
    return Overrides(
        closed=frozenset(days[kinds.CLOSED]),
        opened=frozenset(days[kinds.OPEN] | days[kinds.LATE]),
        late=frozenset(days[kinds.LATE]),
    )


def trading_day_on(day: date) -> date:
    """This day, or the last trading day before it when the market is closed."""
    corrected = corrections()
    return day if is_trading_day(day, corrected) else previous_trading_day(day, corrected)


def today_of(account: Account) -> date:
    """The trading day the account is in, by the broker's clock; on a closed day the last one before."""
    return trading_day_on(gateway.broker_now(account).date())
