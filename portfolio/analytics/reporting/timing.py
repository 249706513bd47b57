"""When a report is due, and which days it is about: a timetable against the market's calendar. Pure.

A moment is found by walking days: each nominal day of the timetable is moved, kept or dropped by the holiday
rule, and the first moment after a given one is the answer. All clocks are Korean.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.broker.market_calendar import (
    Overrides,
    is_trading_day,
    next_trading_day,
    previous_trading_day,
    sessions,
)

__all__ = ["AFTER_KRX", "AFTER_NXT", "Every", "Holiday", "Span", "Timetable", "days_of", "following"]

#: How long after a close a report waits: until the broker's own lists of the day have settled.
AFTER_KRX, AFTER_NXT = timedelta(minutes=30), timedelta(minutes=15)
#: The market is never closed longer than this many days; no timetable pauses longer than a year.
LONGEST_CLOSURE, LONGEST_PAUSE = 14, 400


class Every(StrEnum):
    """How often. ``KRX`` and ``NXT``: every trading day after that close; ``DAYS``: chosen weekdays."""

    KRX = "krx"
    NXT = "nxt"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Holiday(StrEnum):
    """What happens on a day on which the market is closed."""

    SKIP = "skip"
    NEXT = "next"
    PREVIOUS = "previous"
    ANYWAY = "anyway"


class Span(StrEnum):
    """How many days a report is about."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Timetable:
    """``weekdays``: 0 is Monday. ``day``: of the month; what a month does not have is its last day."""

    every: Every
    at: time = time(18, 0)
    weekdays: tuple[int, ...] = (4,)
    day: int = 1
    month: int = 1
    holiday: Holiday = Holiday.NEXT


def following(table: Timetable, after: datetime, calendar: Overrides) -> datetime:
    """The first moment after ``after`` at which the report is due."""
    start = after.astimezone(SEOUL).date() - timedelta(days=LONGEST_CLOSURE)
    best: datetime | None = None
    for step in range(LONGEST_PAUSE + LONGEST_CLOSURE):
        day = start + timedelta(days=step)
        if best is not None and day > best.date() + timedelta(days=LONGEST_CLOSURE):
            break
        moment = _moment(table, day, calendar)
        if moment is not None and moment > after and (best is None or moment < best):
            best = moment
    if best is None:
        raise ValueError(f"{table} is never due")
    return best


def days_of(span: Span, moment: datetime, calendar: Overrides) -> tuple[date, date]:
    """The latest day, week (from Monday), month or year whose last trading day has closed by ``moment``."""
    here = moment.astimezone(SEOUL)
    for first, last in _backwards(span, here.date()):
        closing = _last_trading_day(first, last, calendar)
        if closing is not None and _close(closing, calendar) <= here:
            return (closing, closing) if span is Span.DAY else (first, last)
    raise ValueError(f"nothing has closed before {moment}")


def _moment(table: Timetable, day: date, calendar: Overrides) -> datetime | None:
    """When the report is due that has ``day`` in its timetable; ``None`` when none is."""
    if not _named(table, day):
        return None
    if table.every in (Every.KRX, Every.NXT):
        return _after_close(table.every, day, calendar)
    moved = day if is_trading_day(day, calendar) else _moved(table.holiday, day, calendar)
    return None if moved is None else datetime.combine(moved, table.at, tzinfo=SEOUL)


def _named(table: Timetable, day: date) -> bool:
    match table.every:
        case Every.KRX | Every.NXT:
            return True
        case Every.DAYS | Every.WEEK:
            return day.weekday() in table.weekdays
        case Every.MONTH:
            return day.day == min(table.day, _length(day))
        case Every.YEAR:
            return day.month == table.month and day.day == min(table.day, _length(day))


def _after_close(every: Every, day: date, calendar: Overrides) -> datetime | None:
    today = sessions(day, calendar)
    if today is None:
        return None
    if every is Every.KRX:
        return today.closing_auction.closes + AFTER_KRX
    closes = [window.closes for window in today.windows if window.venue is Venue.NXT]
    return max(closes, default=today.closing_auction.closes) + AFTER_NXT


def _moved(holiday: Holiday, day: date, calendar: Overrides) -> date | None:
    match holiday:
        case Holiday.SKIP:
            return None
        case Holiday.NEXT:
            return next_trading_day(day, calendar)
        case Holiday.PREVIOUS:
            return previous_trading_day(day, calendar)
        case Holiday.ANYWAY:
            return day


def _backwards(span: Span, today: date) -> Iterator[tuple[date, date]]:
    """The spans that hold or precede today, the latest first."""
    first = _first(span, today)
    last = _first(span, first + timedelta(days=_reach(span))) - timedelta(days=1)
    for _ in range(LONGEST_CLOSURE * 2):
        yield first, last
        last = first - timedelta(days=1)
        first = _first(span, last)


def _first(span: Span, day: date) -> date:
    match span:
        case Span.DAY:
            return day
        case Span.WEEK:
            return day - timedelta(days=day.weekday())
        case Span.MONTH:
            return day.replace(day=1)
        case Span.YEAR:
            return day.replace(month=1, day=1)


def _reach(span: Span) -> int:
    """Days from the first of a span into the next one."""
    return {Span.DAY: 1, Span.WEEK: 7, Span.MONTH: 31, Span.YEAR: 366}[span]


def _last_trading_day(first: date, last: date, calendar: Overrides) -> date | None:
    day = last if is_trading_day(last, calendar) else previous_trading_day(last, calendar)
    return day if day >= first else None


def _close(day: date, calendar: Overrides) -> datetime:
    today = sessions(day, calendar)
    if today is None:
        raise ValueError(f"{day} has no close")
    return today.closing_auction.closes


def _length(day: date) -> int:
    """Days of the month."""
    return ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
