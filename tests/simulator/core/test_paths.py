"""A day's path is free between its pins and exact at them: open, high, low, close and volume."""

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.minutes import session_minutes
from kiwoomweb.simulator.prices import SHARES
from kiwoomweb.simulator.ticks import minute_ticks

REGULAR, CLOSE = range(540, 920), 930


@st.composite
def day_bars(draw: st.DrawFn, least: int = 4) -> DayBar:
    """Any day a share can have, adjusted prices off the tick included."""
    low = draw(st.integers(500, 900_000))
    high = low + draw(st.integers(0, low // 3))
    opened, closed = draw(st.integers(low, high)), draw(st.integers(low, high))
    return DayBar(date(2026, 11, 20), opened, high, low, closed, draw(st.integers(least, 30_000_000)))


@settings(max_examples=60)
@given(day_bars(), st.integers(0, 10_000))
def test_minutes_meet_the_day_exactly(bar, seed):
    minutes = session_minutes(bar, REGULAR, CLOSE, SHARES, Random(seed))
    assert minutes[0].open == bar.open
    assert minutes[-1].close == bar.close
    assert max(minute.high for minute in minutes) == bar.high
    assert min(minute.low for minute in minutes) == bar.low
    assert sum(minute.volume for minute in minutes) == bar.volume
    starts = [minute.minute for minute in minutes]
    assert starts == sorted(set(starts))


@settings(max_examples=30)
@given(day_bars(), st.integers(0, 10_000))
def test_ticks_meet_their_minute_exactly(bar, seed):
    luck = Random(seed)
    for minute in session_minutes(bar, REGULAR, None, SHARES, luck)[::29]:
        ticks = minute_ticks(minute, SHARES, luck)
        assert sum(tick.size for tick in ticks) == minute.volume
        assert sum(tick.size for tick in ticks if tick.bought) == minute.buys
        assert max(tick.price for tick in ticks) == minute.high
        assert min(tick.price for tick in ticks) == minute.low
        assert (ticks[0].price == minute.open) or len(ticks) == 1
        assert ticks[-1].price == minute.close
        assert all(tick.size > 0 for tick in ticks)
        moments = [tick.millisecond for tick in ticks]
        assert moments == sorted(set(moments))
        assert moments[0] >= 0
        assert moments[-1] < 60_000


@given(st.integers(1, 3), st.integers(0, 50))
def test_a_day_of_one_or_two_shares_still_has_a_path(volume, seed):
    bar = DayBar(date(2026, 11, 20), 1_000, 1_010, 990, 1_005, volume)
    minutes = session_minutes(bar, REGULAR, CLOSE, SHARES, Random(seed))
    assert sum(minute.volume for minute in minutes) == volume
    assert minutes[0].open == bar.open


def test_a_halted_day_has_no_minute():
    assert (
        session_minutes(DayBar(date(2026, 11, 20), 0, 0, 0, 5_000, 0), REGULAR, CLOSE, SHARES, Random(1)) == []
    )
