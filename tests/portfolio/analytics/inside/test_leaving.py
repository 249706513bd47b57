"""The exit, judged by what came later."""

from datetime import date
from decimal import Decimal

import pytest

from kiwoomweb.broker.market_calendar import trading_day_after
from portfolio.analytics.inside.leaving import after_exit, best_exit
from tests.portfolio.analytics.inside.market import bar, buy, sell
from tests.portfolio.analytics.trades import at, day

STEPS = [buy("10:00", 10, 1_000), sell("10:03", 4, 1_040), sell("10:05", 6, 1_050)]
HELD = [bar("10:01", 970, 1_020), bar("10:02", 1_000, 1_030), bar("10:04", 1_010, 1_060)]


@pytest.mark.golden("best_exit")
def test_the_last_exit_moves_to_the_best_price_before_a_deeper_fall() -> None:
    """4 sold at 1,040: 160 realised; 6 at 1,050: 300; actual 460. Worst while held: 10 * (970 - 1,000) = -300.
    After: 1,120 at 10:07 -> 160 + 6 * 120 = 880. At 10:08 the low 920 is 160 + 6 * -80 = -320, deeper than
    -300: the search ends and 1,500 of that bar is not taken. Efficiency 460 / 880."""
    later = [bar("10:06", 1_000, 1_080), bar("10:07", 1_050, 1_120), bar("10:08", 920, 1_500)]
    found = best_exit(STEPS, HELD + later)
    assert (found.actual, found.best, found.price, found.at) == (460, 880, 1_120, at("10:07"))
    assert found.efficiency == Decimal(460) / 880


def test_an_exit_nothing_later_beats_is_the_best_itself() -> None:
    found = best_exit(STEPS, [*HELD, bar("10:06", 1_000, 1_049)])
    assert (found.best, found.at, found.efficiency) == (460, None, 1)


def test_a_loss_that_never_came_back_has_no_efficiency() -> None:
    found = best_exit([buy("10:00", 10, 1_000), sell("10:05", 10, 900)], [bar("10:06", 890, 950)])
    assert (found.actual, found.best, found.efficiency) == (-1_000, -1_000, None)


@pytest.mark.golden("after_exit")
def test_where_the_price_went_after_the_exit() -> None:
    """Sold at 1,000 at 10:00. +10 min: 10:09 closed at 1,020: +2 %. +60 min: 10:59 at 950: -5 %.
    Close 1,100: +10 %. +1 d (3 November) 900: -10 %; +5 d (9 November, a weekend between) 1,250: +25 %."""
    minutes = [bar("10:09", 1_000, 1_020), bar("10:10", 1, 2)]
    minutes += [bar("10:59", 940, 990, 950), bar("11:00", 1, 2)]
    closes = {day(2): Decimal(1_100), day(3): Decimal(900), day(9): Decimal(1_250)}
    found = after_exit(at("10:00"), Decimal(1_000), minutes, closes, trading_day_after)
    moves = {name: later and later.move for name, later in found.items()}
    assert moves == {
        "10m": Decimal("0.02"),
        "60m": Decimal("-0.05"),
        "close": Decimal("0.1"),
        "1d": Decimal("-0.1"),
        "5d": Decimal("0.25"),
    }


def test_what_is_not_on_record_stays_unknown() -> None:
    found = after_exit(at("15:15"), Decimal(1_000), [bar("15:18", 990, 1_010)], {}, _next)
    assert set(found.values()) == {None}


def test_who_sold_in_the_evening_has_no_close_to_come() -> None:
    closes = {day(2): Decimal(1_100), day(3): Decimal(900)}
    found = after_exit(at("15:30"), Decimal(1_000), [], closes, trading_day_after)
    assert found["close"] is None
    assert found["1d"] is not None
    assert after_exit(at("15:29"), Decimal(1_000), [], closes, trading_day_after)["close"] is not None


def test_a_minute_without_trades_keeps_the_price_before() -> None:
    minutes = [bar("10:03", 1_000, 1_030), bar("10:30", 900, 900)]
    found = after_exit(at("10:00"), Decimal(1_000), minutes, {}, _next)
    assert found["10m"] is not None
    assert found["10m"].price == 1_030


def _next(on: date, count: int) -> date:
    return trading_day_after(on, count)
