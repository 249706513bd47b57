"""Until when a day can be planned: the plan of a day is as it was when that day's market opened."""

from datetime import date, datetime, time

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import next_trading_day, sessions
from portfolio.models import Place, Section
from portfolio.selectors.days import clock_of

__all__ = ["frozen_at", "is_frozen", "last_planned_day"]

OPENING = time(9)


def frozen_at(account: Account, day: date) -> datetime:
    """When the plan of a day is closed: KRX's opening, 09:00 on most days and where none opens."""
    hours = sessions(day, clock_of(account).corrected)
    return hours.regular.opens if hours else datetime.combine(day, OPENING, tzinfo=SEOUL)


def is_frozen(place: Place) -> bool:
    """Whether the text of a place is closed, by the broker's clock. Only plans ever are."""
    if place.section is not Section.PLAN:
        return False
    return clock_of(place.account).now >= frozen_at(place.account, place.on)


def last_planned_day(account: Account) -> date:
    """The last day that has a page: the next trading day, which can be planned the evening before."""
    clock = clock_of(account)
    return next_trading_day(clock.day, clock.corrected)
