"""The buckets trades fall into."""

from datetime import date
from decimal import Decimal

import pytest

from portfolio.analytics.when.bands import FACTS, fact_band, holding_band, price_band, size_band
from portfolio.analytics.when.days import expiry_of, is_expiry, week_of_month, weekday
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.analytics.when.fomc import after_fomc
from portfolio.analytics.when.sessions import SESSIONS, session_of
from tests.portfolio.analytics.trades import at, day, trade


@pytest.mark.parametrize(
    ("clock", "bucket"),
    [
        ("07:59:59", "outside"),
        ("08:00", "nxt_pre"),
        ("08:49:59", "nxt_pre"),
        ("08:50", "outside"),
        ("09:00", "open_10"),
        ("09:09:59", "open_10"),
        ("09:10", "open_30"),
        ("09:30", "morning"),
        ("10:30", "midday"),
        ("13:00", "afternoon"),
        ("14:30", "late"),
        ("15:19:59", "late"),
        ("15:20", "closing"),
        ("15:30", "nxt_after"),
        ("19:59:59", "nxt_after"),
        ("20:00", "outside"),
    ],
)
def test_a_fill_falls_into_the_session_of_its_minute(clock: str, bucket: str) -> None:
    assert session_of(at(clock)) == bucket


def test_krx_after_its_close_is_off_hours_and_nxt_is_not() -> None:
    assert session_of(at("15:45"), "KRX") == "krx_off"
    assert session_of(at("15:45"), "NXT") == "nxt_after"
    assert session_of(at("08:35"), "KRX") == "krx_off"
    assert session_of(at("09:05"), "KRX") == "open_10"
    assert session_of(None) == ""


def test_on_the_day_of_the_exam_everything_is_an_hour_later() -> None:
    """수능일 19 November 2026: 10:05 is the first ten minutes, 16:25 the closing auction."""
    assert session_of(at("10:05", day(19))) == "open_10"
    assert session_of(at("13:30", day(19))) == "midday"
    assert session_of(at("16:25", day(19))) == "closing"


def test_the_first_day_of_the_year_opens_late_and_closes_as_ever() -> None:
    clocks = ("09:30", "10:05", "13:30", "15:25")
    found = [session_of(at(clock, date(2026, 1, 2))) for clock in clocks]
    assert found == ["nxt_pre", "open_10", "afternoon", "closing"]


def test_days_have_weekdays_and_weeks() -> None:
    """November 2026 begins on a Sunday: the 1st is alone in week 1, the 2nd begins week 2."""
    assert [weekday(day(number)) for number in (2, 6, 7)] == ["mon", "fri", ""]
    assert [week_of_month(day(number)) for number in (1, 2, 9, 30)] == ["w1", "w2", "w3", "w6"]


def test_expiry_is_the_second_thursday() -> None:
    """12 November 2026; in October 2025 the second Thursday, the 9th, was 한글날, and the days before 추석."""
    assert is_expiry(day(12))
    assert not is_expiry(day(5))
    assert expiry_of(2025, 10) < date(2025, 10, 9)


@pytest.mark.parametrize(
    ("minutes", "band"),
    [
        (0, "h0"),
        (1, "h1"),
        (2, "h2"),
        (5, "h5"),
        (19, "h10"),
        (20, "h20"),
        (59, "h40"),
        (60, "h60"),
        (120, "day"),
    ],
)
def test_holding_within_a_day_goes_by_minutes(minutes: int, band: str) -> None:
    assert holding_band(trade(1, minutes=minutes)) == band


@pytest.mark.parametrize(("nights", "band"), [(1, "d2"), (5, "d2"), (6, "w1"), (28, "w1"), (29, "long")])
def test_holding_overnight_goes_by_days(nights: int, band: str) -> None:
    assert (
        holding_band(trade(1, day=day(30), opened_day=date.fromordinal(day(30).toordinal() - nights))) == band
    )


def test_holding_without_minutes_goes_by_the_clock_or_is_unknown() -> None:
    assert holding_band(trade(1, minutes=None)) == "h20"
    assert holding_band(trade(1, minutes=None, opened_at=None)) == ""


def test_price_and_size_bands() -> None:
    assert [price_band(trade(1, entry=Decimal(price))) for price in (1_999, 2_000, 199_999, 200_000)] == [
        "p0",
        "p2",
        "p50",
        "p200",
    ]
    assert price_band(trade(1)) == ""
    assert [size_band(trade(1, cost=cost)) for cost in (0, 999_999, 1_000_000, 100_000_000)] == [
        "",
        "s0",
        "s1",
        "s100",
    ]


def test_facts_known_at_entry_are_banded() -> None:
    known = trade(1, facts={"gap": Decimal("-3.5"), "strength": Decimal(100)})
    assert (fact_band(known, "gap"), fact_band(known, "strength"), fact_band(known, "rank")) == ("b0", "b2", "")
    assert [bucket.name for bucket in FACTS["market"][1]] == ["< -1 %", "-1–0 %", "0–1 %", "≥ 1 %"]


def test_every_dimension_finds_a_bucket_it_knows() -> None:
    some = trade(
        1, entry=Decimal(5_000), sector="s", setup="u", emotion="e", tags=("t",), facts={"gap": Decimal(2)}
    )
    for dimension in DIMENSIONS.values():
        known = {bucket.key for bucket in dimension.buckets}
        assert not known or set(dimension.of(some)) <= known, dimension.key
    assert len({bucket.key for bucket in SESSIONS}) == len(SESSIONS)


@pytest.mark.parametrize(
    ("told", "bucket"),
    [
        ("2026-10-29", "fomc"),  # decided Wednesday 28 October, 14:00 in Washington
        ("2026-10-28", "other"),
        ("2024-05-02", "fomc"),  # decided Wednesday 1 May
        ("2023-02-02", "fomc"),
        ("2024-09-19", "fomc"),  # the first session after 추석 (16-18 September)
        ("2019-01-31", ""),  # a year nobody has written down
    ],
)
def test_the_session_that_answers_the_fomc_is_the_first_to_open_after_it(told: str, bucket: str) -> None:
    assert after_fomc(date.fromisoformat(told)) == bucket
