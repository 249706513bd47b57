"""Markets at five instants: before the open, in an auction, at two, in the evening, on a Sunday."""

import pytest

from kiwoomweb.simulator.exchange import Exchange
from tests.simulator.boards.asking import at

INSTANTS = {
    "before the open": "2026-11-20T08:20:15",
    "in the opening auction": "2026-11-20T08:55:00",
    "at two": "2026-11-20T14:00:00.700000",
    "in the evening": "2026-11-20T17:10:00.350000",
    "on Sunday": "2026-11-22T12:00:00",
}

_OPENED: dict[str, Exchange] = {}


def opened(instant: str) -> Exchange:
    """One exchange of each instant for all tests, which only look."""
    if instant not in _OPENED:
        _OPENED[instant] = Exchange.opened(now=at(INSTANTS[instant]), trader=False)
    return _OPENED[instant]


@pytest.fixture(params=INSTANTS)
def exchange(request: pytest.FixtureRequest) -> Exchange:
    return opened(request.param)


@pytest.fixture
def at_two() -> Exchange:
    return opened("at two")


@pytest.fixture
def in_the_evening() -> Exchange:
    return opened("in the evening")
