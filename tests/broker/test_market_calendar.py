"""When the market is open: trading days, holidays and session hours in Korean time."""

from datetime import date, datetime, time

import holidays
import pytest

from kiwoomweb.broker.closures import CLOSED
from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.broker.market_calendar import (
    Overrides,
    Phase,
    is_trading_day,
    next_trading_day,
    previous_trading_day,
    sessions,
    trading_day_after,
    trading_days,
)


def hours_of(day: date) -> dict[tuple[Venue, Phase], tuple[time, time]]:
    return {(w.venue, w.phase): (w.opens.time(), w.closes.time()) for w in sessions(day).windows}


@pytest.mark.parametrize(
    "closed",
    [
        date(2026, 11, 21),  # Saturday
        date(2026, 9, 24),  # 추석
        date(2026, 5, 1),  # 근로자의 날
        date(2026, 12, 31),  # year-end closing
        date(2025, 6, 3),  # presidential election
        date(2025, 1, 27),  # a temporary holiday
    ],
)
def test_nobody_trades_on_holidays(closed):
    assert not is_trading_day(closed)
    assert sessions(closed) is None


def test_the_table_is_what_the_calendar_library_says():
    for year, days in CLOSED.items():
        told = holidays.financial_holidays("XKRX", years=year)
        assert days.split() == [day.strftime("%m%d") for day in sorted(told) if day.weekday() < 5]


def test_years_beyond_the_table_are_asked_of_the_library():
    year = max(CLOSED) + 1
    assert not is_trading_day(date(year, 1, 1))
    assert not is_trading_day(date(year, 12, 31))


def test_d_plus_two_steps_over_weekends_and_holidays():
    assert trading_day_after(date(2026, 9, 22), 2) == date(2026, 9, 28)
    assert trading_day_after(date(2026, 11, 20), -1) == date(2026, 11, 19)
    assert next_trading_day(date(2026, 12, 30)) == date(2027, 1, 4)
    assert previous_trading_day(date(2027, 1, 4)) == date(2026, 12, 30)


def test_a_year_has_about_245_trading_days():
    assert 240 <= len(list(trading_days(date(2026, 1, 1), date(2026, 12, 31)))) <= 250


def test_the_owner_can_correct_the_calendar():
    day, saturday = date(2026, 11, 23), date(2026, 11, 21)
    corrected = Overrides(closed=frozenset({day}), opened=frozenset({saturday}))
    assert not is_trading_day(day, corrected)
    assert is_trading_day(saturday, corrected)
    late = sessions(date(2026, 11, 24), Overrides(late=frozenset({date(2026, 11, 24)})))
    assert late.regular.opens.time() == time(10)


def test_a_plain_day_of_late_2026():
    hours = hours_of(date(2026, 11, 20))
    assert hours[Venue.KRX, Phase.REGULAR] == (time(9), time(15, 20))
    assert hours[Venue.KRX, Phase.CLOSING_AUCTION] == (time(15, 20), time(15, 30))
    assert hours[Venue.KRX, Phase.AFTER] == (time(16), time(20))
    assert hours[Venue.NXT, Phase.PRE] == (time(8), time(8, 50))
    assert hours[Venue.NXT, Phase.REGULAR] == (time(9, 0, 30), time(15, 20))
    assert hours[Venue.NXT, Phase.AFTER] == (time(15, 40), time(20))


def test_the_evening_changed_in_september_2026():
    before, since = hours_of(date(2026, 9, 11)), hours_of(date(2026, 9, 14))
    assert (Venue.KRX, Phase.SINGLE_PRICE) in before
    assert (Venue.KRX, Phase.AFTER) not in before
    assert (Venue.KRX, Phase.SINGLE_PRICE) not in since
    assert (Venue.KRX, Phase.AFTER) in since


def test_nxt_was_not_there_before_march_2025():
    assert {venue for venue, _ in hours_of(date(2025, 2, 28))} == {Venue.KRX}


def test_on_the_day_of_the_college_entrance_exam_everything_is_an_hour_later():
    hours = hours_of(date(2026, 11, 19))
    assert hours[Venue.KRX, Phase.REGULAR] == (time(10), time(16, 20))
    assert hours[Venue.KRX, Phase.CLOSING_AUCTION] == (time(16, 20), time(16, 30))
    assert hours[Venue.NXT, Phase.PRE] == (time(9), time(9, 50))


def test_the_first_day_of_the_year_opens_late_and_closes_in_time():
    hours = hours_of(date(2026, 1, 2))
    assert hours[Venue.KRX, Phase.REGULAR] == (time(10), time(15, 20))


def test_a_window_begins_with_its_first_second_and_ends_before_its_last():
    day = sessions(date(2026, 11, 20))

    def phase(clock: str) -> Phase | None:
        window = day.at(datetime.fromisoformat(f"2026-11-20T{clock}").replace(tzinfo=SEOUL), Venue.KRX)
        return window.phase if window else None

    assert phase("08:59:59") is Phase.OPENING_AUCTION
    assert phase("09:00:00") is Phase.REGULAR
    assert phase("15:20:00") is Phase.CLOSING_AUCTION
    assert phase("15:30:00") is None
    assert phase("16:00:00") is Phase.AFTER
    assert phase("20:00:00") is None
    assert day.at(datetime(2026, 11, 20, 8, 10, tzinfo=SEOUL)).phase is Phase.PRE
    assert (day.opens.hour, day.closes.hour) == (8, 20)
    assert day.is_open(datetime(2026, 11, 20, 15, 50, tzinfo=SEOUL))
