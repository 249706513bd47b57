"""Buckets of days: weekday, week of the month, 만기일."""

from datetime import date, timedelta
from functools import lru_cache

from kiwoomweb.broker.market_calendar import is_trading_day, previous_trading_day
from portfolio.analytics.when.bucket import Bucket

__all__ = ["WEEKDAYS", "WEEKS", "expiry_of", "is_expiry", "week_of_month", "weekday"]

WEEKDAYS = (
    Bucket("mon", "월요일", "Monday"),
    Bucket("tue", "화요일", "Tuesday"),
    Bucket("wed", "수요일", "Wednesday"),
    Bucket("thu", "목요일", "Thursday"),
    Bucket("fri", "금요일", "Friday"),
)
WEEKS = tuple(Bucket(f"w{n}", f"{n}주차", f"week {n}") for n in range(1, 7))
THURSDAY = 3


def weekday(day: date) -> str:
    """The weekday's key; "" on a weekend, when nothing is traded."""
    return WEEKDAYS[day.weekday()].key if day.weekday() < len(WEEKDAYS) else ""


def week_of_month(day: date) -> str:
    """Weeks run from Monday as on a wall calendar: the first one may be short."""
    return WEEKS[(day.day - 1 + day.replace(day=1).weekday()) // 7].key


def is_expiry(day: date) -> bool:
    """옵션 만기일: the second Thursday of the month, or the trading day before when that is closed."""
    return day == expiry_of(day.year, day.month)


@lru_cache(maxsize=512)
def expiry_of(year: int, month: int) -> date:
    """The month's expiry day."""
    first = date(year, month, 1)
    second = first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 7)
    return second if is_trading_day(second) else previous_trading_day(second)
