"""When the broker is asked follows the trading day, not our clock."""

from datetime import date, datetime

import pytest

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import Overrides
from portfolio.timetable import CLOSING_READS, Clock, closing_read, month_read, months_over

PLAIN = Overrides()


def at(text: str, corrected: Overrides = PLAIN) -> Clock:
    return Clock(datetime.fromisoformat(text).replace(tzinfo=SEOUL), corrected)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-20 07:59:59", False),
        ("2026-11-20 08:00:00", True),
        ("2026-11-20 15:35:00", True),
        ("2026-11-20 19:59:59", True),
        ("2026-11-20 20:00:00", False),
        ("2026-11-21 10:00:00", False),
        ("2026-12-25 10:00:00", False),
    ],
)
def test_the_day_is_open_from_eight_to_eight_on_trading_days(moment: str, is_open: bool) -> None:
    assert at(moment).is_open is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-20 07:00:00", "11-20 08:00"),
        ("2026-11-20 10:00:00", "11-23 08:00"),
        ("2026-11-21 10:00:00", "11-23 08:00"),
        ("2026-12-24 21:00:00", "12-28 08:00"),
        ("2026-11-18 21:00:00", "11-19 09:00"),  # 수능일: everything an hour later
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(moment: str, opens: str) -> None:
    assert f"{at(moment).next_opening:%m-%d %H:%M}" == opens


def test_today_means_today_only_after_the_opening() -> None:
    assert not at("2026-11-20 07:30:00").speaks_of_today
    assert at("2026-11-20 08:00:00").speaks_of_today
    assert at("2026-11-20 23:59:00").speaks_of_today
    assert not at("2026-11-21 12:00:00").speaks_of_today


def test_on_a_closed_day_the_last_trading_day_counts() -> None:
    assert at("2026-11-22 12:00:00").trading_day == date(2026, 11, 20)
    assert at("2026-11-20 03:00:00").trading_day == date(2026, 11, 20)


def test_the_owner_may_correct_the_calendar() -> None:
    closed = Overrides(closed=frozenset({date(2026, 11, 20)}))
    assert not at("2026-11-20 10:00:00", closed).is_open
    assert at("2026-11-20 10:00:00", closed).trading_day == date(2026, 11, 19)


def test_closing_reads_come_later_and_later() -> None:
    reads = [closing_read(date(2026, 12, 23), number, PLAIN) for number in range(CLOSING_READS)]
    assert reads == sorted(reads)
    assert [f"{read:%m-%d %H:%M}" for read in reads] == [
        "12-23 20:05",
        "12-23 23:00",
        "12-24 08:10",
        "12-28 08:10",
        "12-30 08:10",
    ]


def test_months_that_ended_meanwhile_are_told_each_once_and_read_after_the_holidays() -> None:
    told = list(months_over(date(2026, 10, 30), date(2027, 1, 4)))
    assert told == [
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 10, 1), date(2026, 10, 31)),
    ]
    assert list(months_over(date(2026, 11, 29), date(2026, 11, 30))) == []
    assert list(months_over(date(2026, 12, 1), date(2026, 12, 2))) == []
    assert month_read(date(2026, 12, 31), PLAIN) == datetime(2027, 1, 4, 8, 10, tzinfo=SEOUL)
