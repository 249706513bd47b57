"""What shares did after a condition flagged them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portfolio.analytics.conditions.edge import Flagged, condition_edge, condition_pace
from portfolio.analytics.measures import Why
from tests.portfolio.analytics.trades import at

NINE = at("09:00")


def hit(key: int, percent: str, bought_after: int | None = None, mfe: str = "2", mae: str = "1") -> Flagged:
    bought = None if bought_after is None else NINE + timedelta(seconds=bought_after)
    share = {"5m": Decimal(percent) / 100}
    return Flagged(key, NINE, share, Decimal(mfe) / 100, Decimal(mae) / 100, bought)


HITS = [
    hit(1, "1", 10, mfe="3"),
    hit(2, "-2", 50, mae="4"),
    hit(3, "4"),
    hit(4, "0"),
    Flagged(5, NINE),
]


@pytest.mark.golden("hit_rate", "hit_median", "hit_mean", "hit_taken", "hit_not_taken")
def test_the_edge_five_minutes_after_the_hit() -> None:
    """Net +1, -2, +4, 0 % (one hit has no price): 2 of 4 paid for their costs; median 0.5 %, mean 0.75 %.
    Taken +1 and -2: -0.5 %; not taken +4 and 0: 2 %."""
    found = condition_edge(HITS, "5m")
    keys = ("hit_rate", "hit_median", "hit_mean", "hit_taken", "hit_not_taken")
    assert [found[key].value for key in keys] == [
        Decimal(text) for text in ("0.5", "0.005", "0.0075", "-0.005", "0.02")
    ]
    assert (found["hit_mean"].n, found["hit_not_taken"].rows) == (4, (3, 4))
    assert found["hit_rate"].low < Decimal("0.5") < found["hit_rate"].high


@pytest.mark.golden("hit_mfe", "hit_mae", "hits_a_day", "hit_delay")
def test_the_pace_of_a_condition() -> None:
    """MFE (3 + 2 + 2 + 2)/4 = 2.25 %, MAE (1 + 4 + 1 + 1)/4 = 1.75 %; 5 hits in 2 days: 2.5; delays 10 and 50
    seconds: median 30."""
    found = condition_pace(HITS, 2)
    assert {key: measure.value for key, measure in found.items()} == {
        "hit_mfe": Decimal("0.0225"),
        "hit_mae": Decimal("0.0175"),
        "hits_a_day": Decimal("2.5"),
        "hit_delay": 30,
    }


def test_a_condition_nobody_heard_says_nothing() -> None:
    found = condition_edge([], "5m") | condition_pace([], 0)
    assert {measure.why_none for measure in found.values()} == {Why.NO_TRADES}
