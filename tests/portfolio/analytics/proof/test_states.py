"""A day is in one state, and which one follows from its lines and from when it was read."""

from datetime import date, datetime, timedelta

from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.proof import (
    Change,
    DayState,
    Equation,
    Line,
    Moments,
    Reason,
    Verdict,
    changes_between,
    standing,
)

DAY = date(2026, 11, 20)
CLOSE = datetime(2026, 11, 20, 20, tzinfo=SEOUL)
EVENING, NIGHT = CLOSE + timedelta(minutes=5), CLOSE + timedelta(hours=3)
MONDAY = datetime(2026, 11, 23, 8, 10, tzinfo=SEOUL)
ALARM = datetime(2026, 11, 23, 9, tzinfo=SEOUL)

FINE = Line(Equation.AMOUNTS, "sold.total", 1, 1, verdict=Verdict.SAME)
WRONG = Line(Equation.AMOUNTS, "sold.total", 1, 2, verdict=Verdict.DIFFERENT, reason=Reason.UNEXPLAINED)
MISSING = Line(Equation.AMOUNTS, "sold.total", None, 2, verdict=Verdict.UNKNOWN, reason=Reason.MISSING)
AWAITED = Line(Equation.CASH, "cash.d2", None, 2, verdict=Verdict.UNKNOWN, reason=Reason.AWAITED)


def moments(now: datetime, read_at: datetime | None, *, whole: bool = True) -> Moments:
    return Moments(DAY, CLOSE, ALARM, now, read_at, read_at, whole)


def state(lines: list[Line], now: datetime, read: datetime | None, since: datetime | None = None) -> DayState:
    return standing(lines, moments(now, read), since).state


def test_a_day_is_open_until_its_last_session_ends() -> None:
    noon = CLOSE - timedelta(hours=8)
    assert state([WRONG], noon, noon) is DayState.OPEN


def test_one_read_closes_a_day_and_does_not_seal_it() -> None:
    found = standing([FINE], moments(EVENING, EVENING))
    assert (found.state, found.held_since) == (DayState.CLOSING, EVENING)


def test_two_reads_hours_apart_on_the_same_day_do_not_seal() -> None:
    later = EVENING + timedelta(hours=3, minutes=54)
    assert later.date() == DAY
    assert state([FINE], later, later, EVENING) is DayState.CLOSING


def test_two_reads_four_hours_apart_the_second_on_a_later_day_seal() -> None:
    assert state([FINE], MONDAY, MONDAY, EVENING) is DayState.SEALED
    assert state([FINE], MONDAY, MONDAY, MONDAY - timedelta(hours=3)) is DayState.CLOSING


def test_a_difference_is_a_mismatch_until_somebody_explains_it() -> None:
    assert state([FINE, WRONG], MONDAY, MONDAY, EVENING) is DayState.MISMATCH
    assert state([FINE, WRONG.explained()], MONDAY, MONDAY, EVENING) is DayState.SEALED


def test_a_day_nobody_read_is_a_gap() -> None:
    assert state([], EVENING, None) is DayState.GAP


def test_missing_figures_are_waited_for_until_the_alarm() -> None:
    assert state([MISSING], NIGHT, EVENING) is DayState.CLOSING
    assert state([MISSING], ALARM, MONDAY) is DayState.GAP


def test_a_day_last_read_before_it_closed_waits_and_then_is_a_gap() -> None:
    before = CLOSE - timedelta(minutes=1)
    assert state([FINE], NIGHT, before) is DayState.CLOSING
    assert state([FINE], ALARM, before) is DayState.GAP


def test_a_day_of_which_lists_are_still_owed_is_not_whole() -> None:
    found = standing([FINE], moments(NIGHT, EVENING, whole=False))
    assert (found.state, found.held_since) == (DayState.CLOSING, None)


def test_a_figure_that_will_come_keeps_the_day_from_being_sealed() -> None:
    assert state([FINE, AWAITED], MONDAY, MONDAY, EVENING) is DayState.CLOSING


# corrections


def test_a_corrected_fee_is_told_once_and_by_its_cause() -> None:
    """Day 310 -> 300 and result +10; the sale's both legs 500 -> 490, the diary's costs 594 -> 584."""
    before = {
        "": {"sold": 158_200, "commission": 310, "realised": 59_813, "tax": 284, "bought": 0},
        "005930": {"commission": 500, "tax": 284, "realised": 59_813, "costs": 594},
    }
    after = {
        "": {"sold": 158_200, "commission": 300, "realised": 59_823, "tax": 284, "bought": 0},
        "005930": {"commission": 490, "tax": 284, "realised": 59_823, "costs": 584},
    }
    assert changes_between(before, after) == (Change("005930", "commission", 310, 300),)


def test_a_day_s_correction_is_of_its_only_stock() -> None:
    before = {"": {"commission": 310}, "005930": {"tax": 284}}
    after = {"": {"commission": 300}, "005930": {"tax": 284}}
    assert changes_between(before, after) == (Change("005930", "commission", 310, 300),)


def test_a_result_alone_is_told_as_it_is() -> None:
    assert changes_between({"": {"realised": 5}}, {"": {"realised": 6}}) == (Change("", "realised", 5, 6),)


def test_what_was_unknown_before_is_no_correction() -> None:
    assert changes_between({"": {"sold": 5}}, {"": {"sold": 5}, "005930": {"tax": 1}}) == ()
    assert changes_between({}, {"": {"sold": 5}}) == ()


def test_a_fill_that_came_late_is_a_correction() -> None:
    assert changes_between({"005930": {"sold": 1}}, {"005930": {"sold": 1, "filled_sold": 3}}) == (
        Change("005930", "filled_sold", 0, 3),
    )
