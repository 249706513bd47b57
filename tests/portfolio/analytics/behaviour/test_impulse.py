"""Revenge, overtrading, and sizes that follow the last results."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.behaviour.impulse import overtrading, revenge, size_after_streak
from portfolio.analytics.behaviour.thresholds import DEFAULTS
from portfolio.analytics.measures import Why
from tests.portfolio.analytics.trades import at, day, trade


def ran(net: int, key: int, opened: str, closed: str, size: int = 1_000, **more):
    return trade(net, key, opened_at=at(opened), closed_at=at(closed), bought=size, **more)


LOSSES = (
    ran(-100, 1, "09:00", "09:10"),
    ran(-200, 2, "09:20", "09:30"),
    ran(-400, 3, "10:00", "10:10"),
)


@pytest.mark.golden("revenge")
def test_a_large_trade_right_after_a_painful_loss_is_revenge() -> None:
    """Losses 100 200 400 and 300 (of trade 4): median 250, painful from 1.5 * 250 = 375: only the 400 closed at
    10:10. Sizes 1,000 six times and 1,600: large from 1,500. Trade 4 (10:20, 1,600) is revenge: 10 minutes
    after; trade 5 (10:25) is as usual; trade 6 (10:25, 1,000) had no plan; trade 7 (10:26) came too late.
    They cost 300 - 50 = 250."""
    more = (
        ran(-300, 4, "10:20", "10:22", 1_600),
        ran(80, 5, "10:25", "10:30"),
        ran(50, 6, "10:25", "10:30", planned=False),
        ran(70, 7, "10:26", "10:40", planned=False),
    )
    found = revenge([*LOSSES, *more])
    assert (found.rows, found.measure.value, found.cost, found.shown) == ((4, 6), 2, 250, True)
    assert found.measure.n == 7
    wider = revenge([*LOSSES, *more], replace(DEFAULTS, revenge_minutes=16))
    assert wider.rows == (4, 6, 7)


def test_without_losses_nobody_takes_revenge() -> None:
    assert revenge([ran(5, 1, "09:00", "09:10")]).measure.value == 0
    assert revenge([]).measure.why_none == Why.NO_TRADES


@pytest.mark.golden("overtrading")
def test_the_trades_beyond_the_usual_number_lose() -> None:
    """Nine days of 1 trade (+100) and one of 5. Own p90 of 1 x 9, 5: place 0.9 * 9 = 8.1: 1 + 0.1 * 4 = 1.4.
    On the day of 5 those after the first are beyond: -50 -60 +20 -30 = -120, mean -30; they cost 120."""
    days = [trade(100, key, day=day(key)) for key in range(1, 10)]
    nets = (100, -50, -60, 20, -30)
    busy = [
        trade(net, 10 + place, day=day(10), opened_at=at("09:00", day(10)) + timedelta(minutes=place))
        for place, net in enumerate(nets)
    ]
    found = overtrading([*days, *reversed(busy)])
    assert (found.measure.value, found.cost, found.shown) == (-30, 120, True)
    assert (found.rows, found.measure.n) == ((11, 12, 13, 14), 10)


def test_a_busy_day_that_pays_is_no_overtrading() -> None:
    days = [trade(100, key, day=day(key)) for key in range(1, 10)]
    busy = [trade(10, 10 + place, day=day(10)) for place in range(5)]
    assert not overtrading(days + busy).shown
    assert overtrading([]).measure.why_none == Why.NO_TRADES


@pytest.mark.golden("size_after_streak")
def test_sizes_that_grow_after_losses() -> None:
    """Results 1-3 sum to -60; trade 4 is 300 large and loses 30, so 2-4 sum to -70 (-10 -30 -30), trade 5 is
    400 large and wins 100; 3-5 sum to 40, trade 6 is 100 large. Sizes 300 400 100 on -60 -70 40: means 266.667
    and -30; covariances 33.333 * -30 + 133.333 * -40 - 166.667 * 70 = -18,000; spreads
    sqrt(46,666.67 * 7,400) = 18,583.14; correlation -0.968620. Larger than the median
    300 after losses: trade 5, which won 100."""
    nets, sizes = (-20, -10, -30, -30, 100, 5), (200, 200, 200, 300, 400, 100)
    trades = [
        ran(net, key, f"{8 + key:02}:00", f"{8 + key:02}:30", size)
        for key, (net, size) in enumerate(zip(nets, sizes, strict=True), 1)
    ]
    found = size_after_streak(trades)
    assert float(found.measure.value) == pytest.approx(-0.968620, abs=1e-5)
    assert (found.measure.n, found.rows, found.cost, found.shown) == (3, (5,), -100, True)


def test_equal_sizes_follow_nothing() -> None:
    trades = [ran(key, key, f"{8 + key:02}:00", f"{8 + key:02}:30") for key in range(1, 7)]
    found = size_after_streak(trades)
    assert (found.measure.why_none, found.rows) == (Why.NO_SPREAD, ())


@given(st.lists(st.tuples(st.integers(-1_000, 1_000), st.integers(1, 1_000)), min_size=6, max_size=14))
def test_the_correlation_agrees_with_numpy(rows: list[tuple[int, int]]) -> None:
    trades = [
        ran(net, key, f"{8 + key:02}:00", f"{8 + key:02}:30", size) for key, (net, size) in enumerate(rows, 1)
    ]
    found = size_after_streak(trades).measure.value
    sums = [sum(net for net, _ in rows[place - 3 : place]) for place in range(3, len(rows))]
    sizes = [size for _, size in rows[3:]]
    if found is not None:
        assert float(found) == pytest.approx(np.corrcoef(sizes, sums)[0, 1], abs=1e-9)
