"""The venues of the desk: what the broker is asked and what a page follows."""

import pytest

from kiwoomweb.broker.environment import Environment
from market.desk.venues import venue_of, venues_of
from market.topics import is_topic


@pytest.mark.parametrize(
    ("key", "asked", "followed"),
    [
        ("", "005930_AL", "005930"),
        ("KRX", "005930", "005930@KRX"),
        ("NXT", "005930_NX", "005930@NXT"),
        ("nonsense", "005930_AL", "005930"),
    ],
)
def test_a_tab_names_its_venue_to_the_broker_and_to_the_feed(key: str, asked: str, followed: str) -> None:
    venue = venue_of(Environment.LIVE, key)

    assert venue.asked("005930") == asked
    assert venue.followed("005930") == followed
    assert is_topic(f"book:{followed}")


def test_a_paper_account_has_one_venue_and_no_tabs() -> None:
    (alone,) = venues_of(Environment.PAPER)

    assert venue_of(Environment.PAPER, "NXT") == alone
    assert alone.asked("005930") == "005930"


def test_gold_is_traded_at_one_venue_and_has_no_tabs() -> None:
    (alone,) = venues_of(Environment.LIVE, "M04020000")

    assert venue_of(Environment.LIVE, "NXT", "M04020000") == alone
    assert (alone.asked("M04020000"), alone.followed("M04020000")) == ("M04020000", "M04020000")
