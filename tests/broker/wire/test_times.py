"""Days and times as the broker writes them: Korean time, no offset, several ways to say none."""

from datetime import date, datetime, time

import pytest

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.wire.times import clock, day, moment, near


def test_days():
    assert day("20260914") == date(2026, 9, 14)
    assert day("") is None
    assert day("00000000") is None


@pytest.mark.parametrize("text", ["20261301", "2026091", "2026-09-14", "20260230"])
def test_a_day_that_is_not_in_the_calendar_is_an_error(text):
    with pytest.raises(ValueError, match=r"day|month"):
        day(text)


@pytest.mark.parametrize("text", ["153815", "15:38:15"])
def test_times_with_and_without_colons(text):
    assert clock(text) == time(15, 38, 15)


def test_old_frames_add_hundredths():
    assert clock("09300012") == time(9, 30, 0, 120_000)


@pytest.mark.parametrize("text", ["888888", "9300", "253000", "noon"])
def test_a_time_that_is_not_on_the_clock_is_an_error(text):
    with pytest.raises(ValueError, match=r"time|hour|minute"):
        clock(text)


def test_moments_are_korean():
    assert moment("20241107083713") == datetime(2024, 11, 7, 8, 37, 13, tzinfo=SEOUL)
    assert moment("") is None


@pytest.mark.parametrize("text", ["20241107", "00000000083713"])
def test_half_a_moment_is_an_error(text):
    with pytest.raises(ValueError, match="moment"):
        moment(text)


def test_a_clock_time_belongs_to_the_nearest_day():
    after_midnight = datetime(2026, 9, 15, 0, 0, 2, tzinfo=SEOUL)
    before_midnight = datetime(2026, 9, 14, 23, 59, 58, tzinfo=SEOUL)
    assert near(after_midnight, time(23, 59, 59)).date() == date(2026, 9, 14)
    assert near(before_midnight, time(0, 0, 1)).date() == date(2026, 9, 15)
    assert near(before_midnight, time(23, 0)).date() == date(2026, 9, 14)
