"""Every set of figures is timed on the trades given."""

from portfolio.analytics.pace import SETS, pace
from tests.portfolio.analytics.trades import trades


def test_every_set_is_timed() -> None:
    seconds = pace(trades(5, -3, 0, 8))
    assert list(seconds) == list(SETS)
    assert min(seconds.values()) >= 0
