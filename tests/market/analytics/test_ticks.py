"""O-22: every price from 1 to 2,000,000 won, every kind, four dates, against tables written down by hand."""

from datetime import date

import numpy as np
import pytest

from market.analytics.ticks import KINDS, bands, fits, steps_between, tick

TODAY = date(2026, 11, 20)
SHARES = "1:1 2000:5 5000:10 20000:50 50000:100 200000:500 500000:1000"
KOSPI = "1:1 1000:5 5000:10 10000:50 50000:100 100000:500 500000:1000"
KOSDAQ = "1:1 1000:5 5000:10 10000:50 50000:100"
#: Kind, day, "from this price on: this step".
TABLES = [
    ("share", date(2022, 6, 1), KOSPI),
    ("share", date(2023, 1, 24), KOSPI),
    ("share", date(2023, 1, 25), SHARES),
    ("share", TODAY, SHARES),
    ("kosdaq", date(2022, 6, 1), KOSDAQ),
    ("kosdaq", date(2023, 1, 24), KOSDAQ),
    ("kosdaq", date(2023, 1, 25), SHARES),
    ("kosdaq", TODAY, SHARES),
    *((kind, day, "1:5") for kind in ("etf", "etn") for day in (date(2022, 6, 1), date(2023, 12, 10))),
    *((kind, day, "1:1 2000:5") for kind in ("etf", "etn") for day in (date(2023, 12, 11), TODAY)),
    *(("elw", day, "1:5") for day in (date(2022, 6, 1), date(2023, 1, 25), date(2023, 12, 11), TODAY)),
    *(("gold", day, "1:10") for day in (date(2022, 6, 1), date(2023, 1, 25), date(2023, 12, 11), TODAY)),
]
PRICES = np.arange(1, 2_000_001)


def oracle(table: str) -> np.ndarray:
    """The step of each of the two million prices."""
    steps = np.zeros(len(PRICES), dtype=np.int64)
    for part in table.split():
        start, step = map(int, part.split(":"))
        steps[start - 1 :] = step
    return steps


def of_bands(kind: str, day: date) -> np.ndarray:
    table = bands(kind, day)
    assert table is not None
    ends = np.array([below for below, _ in table[:-1]] or [], dtype=np.int64)
    return np.array([step for _, step in table])[np.searchsorted(ends, PRICES, side="right")]


@pytest.mark.parametrize(("kind", "day", "table"), TABLES)
def test_every_price_has_the_step_of_the_table(kind, day, table):
    wanted = oracle(table)
    assert np.array_equal(of_bands(kind, day), wanted)
    edges = [int(part.split(":")[0]) for part in table.split()]
    near = {price + off for price in edges for off in range(-1_100, 1_101, 7)} | {
        e + o for e in edges for o in (-1, 0, 1)
    }
    for price in {*near, *range(1, 2_000_001, 1_999)} - set(range(-2_000, 1)):
        step = int(wanted[price - 1])
        assert tick(kind, price, day) == step
        assert fits(kind, price, day) is (price % step == 0)


def test_what_nobody_knows_has_no_step():
    assert tick("bond", 10_000, TODAY) is None
    assert not fits("bond", 10_000, TODAY)
    assert [tick("share", price, TODAY) for price in (0, -5)] == [None, None]
    assert tick("share", 10_000, date(1999, 1, 4)) is None
    assert {kind for kind, _, _ in TABLES} == KINDS


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [(70_000, 70_300, 3), (70_300, 70_000, 3), (1_998, 2_010, 4), (199_800, 201_000, 4), (70_000, 70_000, 0)],
)
def test_steps_are_counted_in_each_band_with_its_own(one, other, steps):
    assert steps_between("share", one, other, TODAY) == steps
