"""Figures of the broker agree, differ by rounding, or differ."""

import pytest

from portfolio.analytics.reconciling import Verdict, compare


@pytest.mark.parametrize(
    ("ours", "theirs", "truncations", "verdict"),
    [
        (100, 100, 0, Verdict.SAME),
        (179_439, 179_419, 8, Verdict.ROUNDING),  # the broker's own sample of one day
        (179_439, 179_419, 2, Verdict.DIFFERENT),
        (101, 100, 0, Verdict.DIFFERENT),
        (None, 100, 5, Verdict.UNKNOWN),
        (0, None, 5, Verdict.UNKNOWN),
        (0, 0, 0, Verdict.SAME),
    ],
)
def test_a_difference_is_rounding_only_as_far_as_truncation_explains(
    ours: int | None, theirs: int | None, truncations: int, verdict: Verdict
) -> None:
    assert compare(ours, theirs, truncations).verdict is verdict


def test_the_difference_of_an_unknown_figure_is_unknown_and_not_zero() -> None:
    assert compare(None, 5).difference is None
    assert compare(7, 5).difference == 2
