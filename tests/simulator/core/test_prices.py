"""호가단위 and 가격제한폭 as the exchange has them since 2023-01-25 (PROTOCOL 7.6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiwoomweb.simulator.prices import ETFS, SHARES


@pytest.mark.parametrize(
    ("price", "tick"),
    [
        (1_999, 1),
        (2_000, 5),
        (4_995, 5),
        (5_000, 10),
        (19_990, 10),
        (20_000, 50),
        (49_950, 50),
        (50_000, 100),
        (199_900, 100),
        (200_000, 500),
        (499_500, 500),
        (500_000, 1_000),
    ],
)
def test_a_share_moves_in_the_ticks_of_its_band(price, tick):
    assert SHARES.tick(price) == tick
    assert SHARES.up(price) == price + tick


def test_a_fund_moves_in_five_won_from_two_thousand_on():
    assert (ETFS.tick(1_999), ETFS.tick(2_000), ETFS.tick(150_000)) == (1, 5, 5)


def test_a_price_between_two_ticks_does_not_exist():
    assert SHARES.fits(72_100)
    assert not SHARES.fits(72_150)
    assert not SHARES.fits(0)


@pytest.mark.parametrize(
    ("base", "low", "high"), [(72_000, 50_400, 93_600), (9_990, 7_000, 12_980), (1_001, 701, 1_301)]
)
def test_a_day_goes_thirty_percent_either_way_and_not_a_tick_further(base, low, high):
    assert SHARES.limits(base) == (low, high)


@given(st.integers(2, 3_000_000))
def test_the_price_below_the_price_above_is_the_price_itself(price):
    price = SHARES.snap(price)
    assert SHARES.down(SHARES.up(price)) == price
    assert SHARES.fits(SHARES.up(price))


@given(st.integers(10, 3_000_000))
def test_limits_are_prices_within_thirty_percent(base):
    low, high = SHARES.limits(base)
    assert SHARES.fits(low)
    assert SHARES.fits(high)
    assert base * 7 <= low * 10
    assert high * 10 <= base * 13
