"""When a report is due, and what it is about, over holidays, exam days and ends of months."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import Overrides, is_trading_day
from portfolio.analytics.reporting.timing import Every, Holiday, Span, Timetable, days_of, following

PLAIN = Overrides()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def due(table: Timetable, after: str, calendar: Overrides = PLAIN) -> str:
    return following(table, at(after), calendar).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("every", "after", "moment"),
    [
        (Every.KRX, "2026-11-25 12:00", "2026-11-25 16:00"),
        (Every.KRX, "2026-11-25 16:00", "2026-11-26 16:00"),
        (Every.KRX, "2026-11-27 17:00", "2026-11-30 16:00"),  # over a weekend
        (Every.KRX, "2026-11-18 17:00", "2026-11-19 17:00"),  # 수능일 closes an hour later
        (Every.NXT, "2026-11-25 12:00", "2026-11-25 20:15"),
        (Every.KRX, "2026-12-30 17:00", "2027-01-04 16:00"),  # 연말 휴장, 신정, weekend
    ],
)
def test_after_the_close_of_every_trading_day(every: Every, after: str, moment: str) -> None:
    assert due(Timetable(every), after) == moment


@pytest.mark.parametrize(
    ("holiday", "moment"),
    [
        (Holiday.NEXT, "2026-12-28 18:00"),
        (Holiday.PREVIOUS, "2026-12-24 18:00"),
        (Holiday.ANYWAY, "2026-12-25 18:00"),
        (Holiday.SKIP, "2027-01-08 18:00"),  # 1월 1일 is a Friday and closed, too
    ],
)
def test_a_friday_on_which_the_market_is_closed(holiday: Holiday, moment: str) -> None:
    """성탄절 2026 is a Friday."""
    assert due(Timetable(Every.WEEK, weekdays=(4,), holiday=holiday), "2026-12-18 18:00") == moment


def test_a_month_without_a_thirty_first_has_its_report_on_its_last_day() -> None:
    table = Timetable(Every.MONTH, day=31, holiday=Holiday.PREVIOUS)
    assert due(table, "2026-11-01 00:00") == "2026-11-30 18:00"
    assert due(table, "2027-02-01 00:00") == "2027-02-26 18:00"


def test_once_a_year_and_on_chosen_weekdays() -> None:
    assert due(Timetable(Every.YEAR, time(9), day=2, month=1), "2026-03-01 00:00") == "2027-01-04 09:00"
    days = Timetable(Every.DAYS, time(7, 30), weekdays=(0, 2))
    assert due(days, "2026-11-23 07:30") == "2026-11-25 07:30"


def test_a_correction_of_the_calendar_counts() -> None:
    closed = Overrides(closed=frozenset({date(2026, 11, 26)}))
    assert due(Timetable(Every.KRX), "2026-11-25 17:00", closed) == "2026-11-27 16:00"


@pytest.mark.parametrize(
    ("span", "moment", "days"),
    [
        (Span.DAY, "2026-11-25 16:00", ("2026-11-25", "2026-11-25")),
        (Span.DAY, "2026-11-25 09:00", ("2026-11-24", "2026-11-24")),  # today has not closed yet
        (Span.DAY, "2026-11-29 09:00", ("2026-11-27", "2026-11-27")),
        (Span.WEEK, "2026-11-27 18:00", ("2026-11-23", "2026-11-29")),
        (Span.WEEK, "2026-11-26 18:00", ("2026-11-16", "2026-11-22")),
        (Span.WEEK, "2026-12-24 18:00", ("2026-12-21", "2026-12-27")),  # its Friday is closed
        (Span.MONTH, "2026-12-01 18:00", ("2026-11-01", "2026-11-30")),
        (Span.MONTH, "2026-11-30 18:00", ("2026-11-01", "2026-11-30")),
        (Span.YEAR, "2027-01-04 09:00", ("2026-01-01", "2026-12-31")),
    ],
)
def test_a_report_is_about_what_has_closed(span: Span, moment: str, days: tuple[str, str]) -> None:
    assert tuple(str(day) for day in days_of(span, at(moment), PLAIN)) == days


@given(
    every=st.sampled_from(Every),
    holiday=st.sampled_from(Holiday),
    day=st.integers(1, 31),
    month=st.integers(1, 12),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    minutes=st.integers(0, 400 * 24 * 60),
)
def test_whatever_the_timetable_no_moment_is_skipped_or_told_twice(
    *, every: Every, holiday: Holiday, day: int, month: int, weekdays: set[int], minutes: int
) -> None:
    table = Timetable(every, time(18), tuple(weekdays), day, month, holiday)
    after = at("2025-06-01 00:00") + timedelta(minutes=minutes)
    try:
        first = following(table, after, PLAIN)
    except ValueError:
        assert holiday is Holiday.SKIP  # a day of the year on which the market is always closed
        return
    assert first > after
    assert following(table, first - timedelta(minutes=1), PLAIN) == first
    if holiday is not Holiday.ANYWAY or every in (Every.KRX, Every.NXT):
        assert is_trading_day(first.date())
