"""Whole numbers cut into parts add up, grow and never fall."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.simulator.flows.sharing import portions, spread

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=14)


@given(st.integers(0, 10**13), weights)
def test_parts_add_up_and_nothing_goes_to_whom_nothing_is_due(total: int, due: list[int]) -> None:
    parts = portions(total, due)
    assert sum(parts) == (total if any(due) else 0)
    assert all(part == 0 for part, weight in zip(parts, due, strict=True) if weight == 0)


@given(weights, st.floats(0, 1), st.floats(0, 1))
def test_what_has_come_of_a_whole_never_falls_and_ends_as_the_whole(
    whole: list[int], one: float, other: float
) -> None:
    earlier, later = sorted((int(sum(whole) * one), int(sum(whole) * other)))
    assert all(a <= b for a, b in zip(portions(earlier, whole), portions(later, whole), strict=True))
    assert portions(sum(whole), whole) == whole


@settings(max_examples=60)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12), st.integers(1, 13), st.integers())
def test_what_is_laid_out_adds_up_both_ways(totals: list[int], count: int, seed: int) -> None:
    luck = Random(seed)
    columns = portions(sum(totals), [luck.randrange(1, 100) for _ in range(count)])
    laid = spread(totals, columns, luck, 1.0)
    assert [sum(column) for column in laid] == columns
    assert [sum(row) for row in zip(*laid, strict=True)] == totals
    assert all(part >= 0 for column in laid for part in column)
