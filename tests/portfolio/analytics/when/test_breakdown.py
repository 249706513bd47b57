"""Trades by a dimension, each group with its figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.analytics.measures import Why
from portfolio.analytics.when.breakdown import UNKNOWN, breakdown, crossed
from portfolio.analytics.when.dimensions import DIMENSIONS
from tests.portfolio.analytics.trades import at, day, trade


@pytest.mark.golden("trades", "net", "share_of_net")
def test_weekdays_add_up_to_the_whole() -> None:
    """Monday +300 and -100 = 200, Tuesday +600: together 800; Monday's share 200/800 = 25 %, win rate 1/2."""
    ran = [trade(600, 3, day=day(3)), trade(300, 1), trade(-100, 2)]
    found = breakdown(ran, DIMENSIONS["weekday"])
    assert [(group.key, group.net) for group in found.groups] == [("mon", 200), ("tue", 600)]
    monday = found.groups[0].measures
    assert (monday["trades"].value, monday["net"].value) == (2, 200)
    assert (monday["share_of_net"].value, monday["win_rate"].value) == (Decimal("0.25"), Decimal("0.5"))
    assert monday["net"].rows == (1, 2)


def test_tags_overlap_so_no_share_is_offered() -> None:
    ran = [trade(100, 1, tags=("돌파", "뉴스")), trade(-50, 2, tags=("돌파",)), trade(7, 3)]
    found = breakdown(ran, DIMENSIONS["tag"])
    assert not found.exclusive
    assert [(group.key, group.net) for group in found.groups] == [("뉴스", 100), ("돌파", 50), (UNKNOWN, 7)]
    assert {group.measures["share_of_net"].why_none for group in found.groups} == {Why.OVERLAPPING}


def test_what_has_no_bucket_is_not_lost() -> None:
    found = breakdown([trade(5, 1, opened_at=None), trade(3, 2)], DIMENSIONS["entry_session"])
    assert [(group.key, group.rows) for group in found.groups] == [("morning", (2,)), (UNKNOWN, (1,))]


def test_two_dimensions_make_a_heat_map() -> None:
    ran = [trade(5, 1), trade(-2, 2), trade(9, 3, opened_at=at("09:05"))]
    cells = crossed(ran, DIMENSIONS["entry_session"], DIMENSIONS["weekday"])
    assert cells == {("morning", "mon"): (3, 2), ("open_10", "mon"): (9, 1)}


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(1, 30), st.integers(0, 500)), max_size=30))
def test_every_exclusive_breakdown_adds_up(rows: list[tuple[int, int, int]]) -> None:
    ran = [trade(net, key, day=day(on), minutes=minutes) for key, (net, on, minutes) in enumerate(rows)]
    for dimension in DIMENSIONS.values():
        if dimension.exclusive:
            found = breakdown(ran, dimension)
            assert sum(group.net for group in found.groups) == sum(net for net, _, _ in rows)
            assert sum(len(group.rows) for group in found.groups) == len(rows)
