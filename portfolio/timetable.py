"""When to ask: polls while a session is open, reads of a day once it is over. Pure, in the broker's time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import (
    Overrides,
    Sessions,
    is_trading_day,
    next_trading_day,
    previous_trading_day,
    sessions,
    trading_day_after,
    trading_days,
)

__all__ = ["CLOSING_READS", "Clock", "closing_read", "month_read", "months_over"]

#: How often a day is read again once it is over: after the close, hours later, and on the first, second and
#: about the seventh day after, because settlement corrects what the day itself said.
CLOSING_READS = 5

AFTER_CLOSE = timedelta(minutes=5)
HOURS_LATER = timedelta(hours=3)  # still before midnight: a closed day is left in peace
MORNING = time(8, 10)


@dataclass(frozen=True, slots=True)
class Clock:
    """The present moment at the broker, and the corrections to the calendar of trading days."""

    now: datetime
    corrected: Overrides

    @property
    def day(self) -> date:
        return self.now.astimezone(SEOUL).date()

    @property
    def trading_day(self) -> date:
        """Today, or the last trading day before it when the market is closed."""
        closed = not is_trading_day(self.day, self.corrected)
        return previous_trading_day(self.day, self.corrected) if closed else self.day

    @property
    def is_open(self) -> bool:
        """Whether it is between 08:00 and 20:00 of a trading day, pauses between sessions included."""
        hours = self._hours
        return hours is not None and hours.is_open(self.now)

    def days_since(self, first: date) -> list[date]:
        """The trading days from ``first`` to the last one whose sessions are over."""
        days = trading_days(first, self.day, self.corrected)
        return [day for day in days if day < self.day or self._is_over]

    @property
    def _is_over(self) -> bool:
        hours = self._hours
        return hours is None or self.now >= hours.closes

    @property
    def speaks_of_today(self) -> bool:
        """Whether the broker's "today" is beyond doubt: from a trading day's opening until its midnight.

        Before the opening it may still mean the day before, and on a closed day nobody knows.
        """
        hours = self._hours
        return hours is not None and self.now >= hours.opens

    @property
    def next_opening(self) -> datetime:
        """When the next session day opens: later today, or on the next trading day."""
        day = self.day
        while (hours := sessions(day, self.corrected)) is None or self.now >= hours.opens:
            day = next_trading_day(day, self.corrected)
        return hours.opens

    @property
    def _hours(self) -> Sessions | None:
        return sessions(self.day, self.corrected)


def closing_read(day: date, number: int, corrected: Overrides) -> datetime:
    """When the ``number``-th read (0 to ``CLOSING_READS - 1``) of a day that is over may happen."""
    hours = sessions(day, corrected)
    closed = hours.closes if hours else datetime.combine(day, time(20), tzinfo=SEOUL)
    return (
        closed + AFTER_CLOSE,
        closed + HOURS_LATER,
        _morning(trading_day_after(day, 1, corrected)),
        _morning(trading_day_after(day, 2, corrected)),
        _morning(_on_or_after(day + timedelta(days=7), corrected)),
    )[number]


def months_over(since: date, today: date) -> Iterator[tuple[date, date]]:
    """First and last day of each month that ended from the day ``since`` on and before ``today``."""
    ends = today.replace(day=1) - timedelta(days=1)
    while ends >= since:
        yield ends.replace(day=1), ends
        ends = ends.replace(day=1) - timedelta(days=1)


def month_read(ends: date, corrected: Overrides) -> datetime:
    """When the days of a month that ended on that day are read once more: the next trading morning."""
    return _morning(next_trading_day(ends, corrected))


def _on_or_after(day: date, corrected: Overrides) -> date:
    return day if is_trading_day(day, corrected) else next_trading_day(day, corrected)


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=SEOUL)
