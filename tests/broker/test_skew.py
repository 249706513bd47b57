"""A slow answer is no wrong clock; a wrong clock is one however fast the answer came."""

from datetime import UTC, datetime, timedelta

import pytest

from kiwoomweb.broker.skew import proven_skew

ASKED = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "took", "skew"),
    [(0, 0.2, 0), (-1, 0.2, 0), (0, 6, 0), (5, 6, 0), (10, 6, 4), (5, 0.5, 4.5), (-5, 0.5, -4), (-5, 9, -4)],
)
def test_f47_only_what_the_time_on_the_way_cannot_explain_is_skew(said, took, skew):
    said_at = ASKED + timedelta(seconds=said)
    assert proven_skew(said_at, ASKED, ASKED + timedelta(seconds=took)) == timedelta(seconds=skew)
