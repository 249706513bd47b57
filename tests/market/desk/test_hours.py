"""The hours of the desk: the late day of the exam, the night, a holiday."""

from datetime import datetime, timedelta

from kiwoomweb.broker.domain import SEOUL, Venue
from market.desk.hours import hours_of

FRIDAY = datetime(2026, 11, 20, 14, 0, tzinfo=SEOUL)
NINE, HALF_PAST_THREE, EIGHT_PM = 9 * 3600, 15 * 3600 + 1800, 20 * 3600


def names(moment: datetime, venue: Venue) -> list[str]:
    at = moment.timestamp()
    return [name for name, opens, closes, _ in hours_of(moment, venue).windows if opens <= at < closes]


def test_a_bar_of_a_day_is_the_official_session_and_minutes_follow_the_venue() -> None:
    krx, together = hours_of(FRIDAY, Venue.KRX), hours_of(FRIDAY, Venue.ALL)

    assert krx.daily == krx.fine == together.daily == (NINE, HALF_PAST_THREE)
    assert together.fine == (8 * 3600, EIGHT_PM)


def test_on_the_day_of_the_exam_everything_is_an_hour_later() -> None:
    assert hours_of(datetime(2026, 11, 19, 12, 0, tzinfo=SEOUL), Venue.KRX).daily == (
        NINE + 3600,
        HALF_PAST_THREE + 3600,
    )


def test_the_exchange_names_the_moment_where_both_venues_are_open() -> None:
    assert names(FRIDAY, Venue.ALL)[0] == "정규장"
    assert names(FRIDAY.replace(hour=15, minute=25), Venue.ALL)[0] == "장마감 동시호가"
    assert names(FRIDAY.replace(hour=15, minute=25), Venue.NXT) == []


def test_a_holiday_has_no_windows_and_says_so() -> None:
    hours = hours_of(FRIDAY + timedelta(days=1), Venue.ALL)

    assert hours.windows == ()
    assert hours.before == hours.after == "휴장일"
