"""The curve rises and falls with the realised results, and the deepest fall is found."""

from datetime import date
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.equity import deepest_fall, equity


def day(number: int) -> date:
    return date(2026, 11, number)


def curve(*results: int):
    return equity((day(number), result) for number, result in enumerate(results, 1))


def test_a_losing_first_day_is_already_a_drawdown() -> None:
    (point,) = curve(-500)
    assert (point.cumulative, point.peak, point.drawdown) == (-500, 0, -500)


def test_the_deepest_fall_names_its_peak_its_trough_and_its_recovery() -> None:
    fall = deepest_fall(curve(100, 300, -250, 50, 250, -10))
    assert (fall.depth, fall.peak_day, fall.trough_day, fall.recovered_day) == (-250, day(2), day(3), day(5))


def test_a_fall_that_goes_on_has_no_recovery() -> None:
    assert deepest_fall(curve(100, -300, 50)).recovered_day is None


def test_a_fall_from_the_very_start_has_no_peak_day() -> None:
    assert deepest_fall(curve(-100, 50)).peak_day is None


def test_a_curve_that_never_falls_has_no_fall() -> None:
    assert deepest_fall(curve(1, 0, 2)) is None
    assert deepest_fall(()) is None


def test_days_come_in_any_order() -> None:
    assert equity([(day(2), 5), (day(1), -5)]) == equity([(day(1), -5), (day(2), 5)])


@given(st.lists(st.integers(-(10**12), 10**12), max_size=28))
def test_the_curve_adds_up_and_never_stands_above_its_peak(results: list[int]) -> None:
    points = curve(*results)
    assert [point.cumulative for point in points] == list(accumulate(results))
    assert all(point.drawdown <= 0 and point.peak >= 0 for point in points)
    fall = deepest_fall(points)
    assert (fall.depth if fall else 0) == min((point.drawdown for point in points), default=0)
