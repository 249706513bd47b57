"""FOMC: the sessions in Korea that open after a decision of the Federal Reserve.

Source: the meeting calendars the Federal Reserve publishes (federalreserve.gov/monetarypolicy). A decision
comes at 14:00 in Washington on the last day of a meeting, which is 03:00 or 04:00 of the next day in Seoul.
"""

from datetime import date, timedelta
from functools import lru_cache

from kiwoomweb.broker.market_calendar import is_trading_day, trading_day_after

__all__ = ["after_fomc"]

#: The last day of every scheduled meeting, month and day, by year. A year that is not here is not known.
DECISIONS = {
    2023: ("02-01", "03-22", "05-03", "06-14", "07-26", "09-20", "11-01", "12-13"),
    2024: ("01-31", "03-20", "05-01", "06-12", "07-31", "09-18", "11-07", "12-18"),
    2025: ("01-29", "03-19", "05-07", "06-18", "07-30", "09-17", "10-29", "12-10"),
    2026: ("01-28", "03-18", "04-29", "06-17", "07-29", "09-16", "10-28", "12-09"),
    2027: ("01-27", "03-17", "04-28", "06-09", "07-28", "09-15", "10-27", "12-08"),
}


def after_fomc(day: date) -> str:
    """``fomc`` on the first session after a decision, ``other`` on other days, empty in years nobody knows."""
    return "" if day.year not in DECISIONS else "fomc" if day in _sessions(day.year) else "other"


@lru_cache(maxsize=16)
def _sessions(year: int) -> frozenset[date]:
    """The session that answers each decision of the year; none of them falls into the next."""
    found = set()
    for told in DECISIONS[year]:
        here = date.fromisoformat(f"{year}-{told}") + timedelta(days=1)
        found.add(here if is_trading_day(here) else trading_day_after(here, 1))
    return frozenset(found)
