"""Small rules behind the pages: periods, tints, and figures that Plotly accepts."""

from datetime import date, timedelta

import pytest

from portfolio.analytics.equity import deepest_fall, equity
from portfolio.figures.equity import equity_figure
from portfolio.presenting.calendar import own_scale
from portfolio.presenting.periods import month_of, months_before, period
from portfolio.selectors.performance import EquityCurve


def curve(*results: int) -> EquityCurve:
    points = equity((date(2026, 1, 2) + timedelta(days=number), won) for number, won in enumerate(results))
    return EquityCurve(points, deepest_fall(points), points[-1].cumulative if points else 0)


@pytest.mark.parametrize("results", [(), (0,), (100,), (-5,), (500_000, -300_000, 200_000_000) * 60])
def test_the_equity_figure_is_one_plotly_accepts(results):
    import plotly.graph_objects as go

    figure = go.Figure(equity_figure(curve(*results)))

    assert [len(trace.y or ()) for trace in figure.data] == [len(results), len(results)]


def test_the_figure_names_the_deepest_fall_and_the_last_sum():
    texts = [
        label["text"] for label in equity_figure(curve(500_000, -300_000, 50_000))["layout"]["annotations"]
    ]

    assert texts == ["+25만", "최대 낙폭 −30만"]


def test_amounts_stay_whole_numbers_on_their_way_to_the_browser():
    for trace in equity_figure(curve(500_000, -300_000))["data"]:
        assert all(isinstance(value, int) for value in trace["y"])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 11, 20), -1, date(2026, 12, 20)),
        (date(2026, 12, 31), -2, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_as_people_count_them(day, months, expected):
    assert months_before(day, months) == expected


def test_periods_end_today_and_the_whole_has_no_beginning():
    today = date(2026, 11, 20)

    assert period("ytd", today).first == date(2026, 1, 1)
    assert period("1m", today).first == date(2026, 10, 21)
    assert period("all", today).first is None
    assert period("<script>", today).key == "ytd"


@pytest.mark.parametrize("text", ["", "2026-13", "x", "2027-01", "2026-11-05"])
def test_a_month_that_is_none_or_ahead_is_the_present_one(text):
    assert month_of(text, date(2026, 11, 20)) == date(2026, 11, 1)


def test_one_jackpot_does_not_whiten_the_other_days():
    days = [10_000 * number for number in range(1, 100)]

    assert own_scale([*days, 900_000_000]) < 1_000_000
    assert own_scale([]) == 0
