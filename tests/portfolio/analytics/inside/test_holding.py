"""How long, how well within the range, and what was added on the way."""

from datetime import datetime
from decimal import Decimal

import pytest

from portfolio.analytics.inside.adding import adds
from portfolio.analytics.inside.efficiency import efficiency
from portfolio.analytics.inside.excursion import excursion
from portfolio.analytics.inside.holding import holding
from portfolio.analytics.inside.ranging import average_true_range
from tests.portfolio.analytics.inside.market import bar, buy, sell
from tests.portfolio.analytics.trades import at, day


def clock(moment: datetime) -> int:
    """390 minutes a day from 2 November on."""
    return (moment.date() - day(2)).days * 390 + (moment.hour - 9) * 60 + moment.minute


@pytest.mark.golden("holding_minutes", "holding_days")
def test_holding_time_is_weighted_by_shares() -> None:
    """Bought 10 at 09:00 and 30 at 09:40: on average at 09:30. Sold 20 at 10:00 (30 minutes) and 20 a day later
    at 10:00 (30 + 390). (20 * 30 + 20 * 420) / 40 = 225 minutes. Days: (20 * 30/1440 + 20 * 1470/1440) / 40 =
    750/1440."""
    steps = [
        buy("09:00", 10, 1_000),
        buy("09:40", 30, 1_000),
        sell("10:00", 20, 1_000),
        sell("10:00", 20, 1_000, day(3)),
    ]
    found = holding(steps, clock)
    assert found is not None
    assert found.minutes == 225
    assert found.days == pytest.approx(Decimal(750) / 1440)


def test_a_moment_the_clock_does_not_know_leaves_the_time_unknown() -> None:
    assert holding([buy("09:00", 1, 1), sell("10:00", 1, 1)], lambda _: None) is None
    assert holding([buy("09:00", 1, 1)], clock) is None


@pytest.mark.golden("entry_efficiency", "exit_efficiency", "total_efficiency")
def test_how_much_of_the_range_was_taken() -> None:
    """Range while held 960-1,060; in at 1,000, out at 1,040. (1,060 - 1,000)/100 = 0.6;
    (1,040 - 960)/100 = 0.8; (1,040 - 1,000)/100 = 0.4 = 0.6 + 0.8 - 1."""
    steps = [buy("10:00", 10, 1_000), sell("10:02", 10, 1_040)]
    found = efficiency(steps, excursion(steps, [bar("10:01", 960, 1_060)]))
    assert found is not None
    assert (found.entry, found.exit, found.total) == (Decimal("0.6"), Decimal("0.8"), Decimal("0.4"))


def test_a_price_that_never_moved_has_no_efficiency() -> None:
    steps = [buy("10:00", 10, 1_000), sell("10:02", 10, 1_000)]
    assert efficiency(steps, excursion(steps, [])) is None


@pytest.mark.golden("averaging_down", "averaging_up")
def test_adds_are_told_apart_by_the_running_average() -> None:
    """10 at 1,000; 10 at 900 is below (average 950); 5 at 960 above; 5 at the average itself is neither."""
    steps = [buy("10:00", 10, 1_000), buy("10:01", 10, 900), buy("10:02", 5, 960), buy("10:03", 5, 952)]
    found = adds([*steps, sell("10:09", 30, 1_000)])
    assert (found.below, found.above, found.shares_below, found.shares_above, found.bought) == (1, 1, 10, 5, 30)


def test_atr_is_the_mean_true_range() -> None:
    """Ranges: day 3 opens with a gap above 1,000: max(40, |1,100 - 1,000|, |1,060 - 1,000|) = 100;
    day 4: max(30, |1,090 - 1,080|, |1,060 - 1,080|) = 30. Mean 65."""
    days = [
        bar("00:00", 990, 1_010, 1_000, day(2)),
        bar("00:00", 1_060, 1_100, 1_080, day(3)),
        bar("00:00", 1_060, 1_090, 1_070, day(4)),
    ]
    assert average_true_range(days, 2) == 65
    assert average_true_range(days, 3) is None
    assert at("00:00", day(2)) == days[0].at
