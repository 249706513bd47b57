"""The best and the worst standing of a trade, by the bar rule, with its moment."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.inside.excursion import excursion, running
from portfolio.analytics.inside.shapes import Resolution
from portfolio.analytics.inside.standing import standings
from tests.portfolio.analytics.inside.market import bar, buy, sell
from tests.portfolio.analytics.trades import at, day

PLAIN = [buy("10:00:20", 10, 1_000), sell("10:04:40", 10, 1_050)]
MINUTES = [
    bar("09:59", 900, 1_300),
    bar("10:00", 800, 1_400),
    bar("10:01", 960, 1_010, 990),
    bar("10:02", 980, 1_100, 1_080),
    bar("10:03", 1_020, 1_090, 1_040),
    bar("10:04", 700, 1_500),
    bar("10:05", 600, 1_600),
]


@pytest.mark.golden("price_mfe", "price_mae", "position_mfe", "position_mae")
def test_a_plain_trade_is_judged_by_the_minutes_without_a_fill() -> None:
    """10 bought at 1,000 and sold at 1,050. 10:00 and 10:04 hold fills: their 800-1,400 and 700-1,500 do not
    count, nor does what was before or after. Best of 10:01-10:03 is 1,100: 10 * (1,100 - 1,000) = 1,000 won;
    worst is 960: 10 * (960 - 1,000) = -400 won."""
    found = excursion(PLAIN, MINUTES)
    assert (found.mfe, found.mfe_at) == (1_000, at("10:02"))
    assert (found.mae, found.mae_at) == (-400, at("10:01"))
    assert (found.price_mfe, found.price_mae, found.bars) == (100, 40, 3)


@pytest.mark.golden("position_mfe", "position_mae", "price_mfe")
def test_a_scaled_trade_counts_what_was_realised_and_what_is_held() -> None:
    """Bought 10 at 1,000; sold 5 at 1,100 (realised 5 * 100 = 500, average stays 1,000); bought 15 at 900:
    20 held for 5 * 1,000 + 15 * 900 = 18,500, average 925; all sold at 950.

    10:01 high 1,050, 10 held: 10 * 50 = 500. 10:03 low 850, 5 held: 500 + 5 * -150 = -250.
    10:05 low 880, 20 held: 500 + 20 * (880 - 925) = -400; high 990: 500 + 20 * 65 = 1,800.
    End: 500 + 20 * 25 = 1,000. Entry for the price version is (10,000 + 13,500) / 25 = 940; the highest price
    seen while held is the sale at 1,100: 160; the lowest 850: 90."""
    steps = [
        buy("10:00", 10, 1_000),
        sell("10:02", 5, 1_100),
        buy("10:04", 15, 900),
        sell("10:06", 20, 950),
    ]
    minutes = [bar("10:01", 1_000, 1_050), bar("10:03", 850, 900), bar("10:05", 880, 990)]
    found = excursion(steps, minutes)
    assert (found.mfe, found.mfe_at) == (1_800, at("10:05"))
    assert (found.mae, found.mae_at) == (-400, at("10:05"))
    assert (found.price_mfe, found.price_mae) == (160, 90)


def test_ticks_are_moments_so_all_but_the_fills_own_count() -> None:
    ticks = [bar("10:00:21", 990, 990), bar("10:00:30", 1_200, 1_200), bar("10:04:39", 1_010, 1_010)]
    found = excursion(PLAIN, ticks, Resolution.TICK)
    assert (found.mfe, found.mfe_at, found.mae, found.bars) == (2_000, at("10:00:30"), -100, 3)


def test_a_swing_trade_on_daily_bars_counts_the_days_in_between() -> None:
    steps = [buy("10:00", 10, 1_000, day(2)), sell("10:00", 10, 1_050, day(4))]
    days = [bar("00:00", 500, 2_000, on=day(number)) for number in (2, 3, 4)]
    found = excursion(steps, days, Resolution.DAY)
    assert (found.mfe, found.mae, found.bars) == (10_000, -5_000, 1)


def test_a_trade_within_one_bar_knows_only_its_fills() -> None:
    """Bought and sold within 10:00: best is the gain at the sale, worst the zero at the buy."""
    steps = [buy("10:00:10", 10, 1_000), sell("10:00:50", 10, 1_030)]
    found = excursion(steps, [bar("10:00", 1, 9_999)])
    assert (found.mfe, found.mae, found.bars) == (300, 0, 0)


def test_the_running_line_goes_through_the_bars_with_fills_too() -> None:
    """At the close of each minute from the buy to the sale; the extremes only where they count."""
    line = list(running(PLAIN, MINUTES))
    assert [(each.close, each.high) for each in line] == [
        (4_000, None),
        (-100, 100),
        (800, 1_000),
        (400, 900),
        (500, None),
    ]
    assert [each.held for each in line] == [10, 10, 10, 10, 0]


def test_more_sold_than_held_is_no_trade() -> None:
    with pytest.raises(ValueError, match="sold 11 of 10"):
        list(standings([buy("10:00", 10, 1_000), sell("10:01", 11, 1_000)]))


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(100, 5_000)), min_size=1, max_size=8),
    st.integers(1, 9_999),
)
def test_what_is_realised_in_the_end_is_sales_less_purchases(buys: list[tuple[int, int]], price: int) -> None:
    steps = [buy("10:00", quantity, cost) for quantity, cost in buys]
    shares = sum(quantity for quantity, _ in buys)
    half = shares // 2
    sales = [sell("10:01", half, price)] if half else []
    *_, last = standings([*steps, *sales, sell("10:02", shares - half, price)])
    spent = sum(quantity * cost for quantity, cost in buys)
    assert last.worth(Decimal(1)) == shares * price - spent
    found = excursion([*steps, *sales, sell("10:02", shares - half, price)], [])
    assert found.mae <= 0 <= found.mfe
