"""Brokers to talk to: one with a year behind it, shared and only read; fresh ones to spend."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from kiwoomweb.simulator.serve import Running, running
from tests.simulator.wire.caller import Caller

#: No quota gets in the way where quotas are not the matter.
GENEROUS: dict[str, Any] = {
    "quota": 10_000,
    "burst": 0,
    "total_quota": 10_000,
    "order_quota": 10_000,
    "token_quota": 10_000,
}


@pytest.fixture(scope="session")
def year() -> Iterator[Running]:
    """A real host whose account has traded for a year. Read only."""
    with running("real", **GENEROUS) as broker:
        yield broker


@pytest.fixture(scope="session")
def mock_year() -> Iterator[Running]:
    """The same year on the mock host. Read only."""
    with running("mock", **GENEROUS) as broker:
        yield broker


@pytest.fixture
def caller(year: Running) -> Iterator[Caller]:
    somebody = Caller(year)
    yield somebody
    somebody.close()


@pytest.fixture
def mock_caller(mock_year: Running) -> Iterator[Caller]:
    somebody = Caller(mock_year)
    yield somebody
    somebody.close()


Start = Callable[..., Caller]


@pytest.fixture
def fresh() -> Iterator[Start]:
    """``fresh("mock", quota=1)`` starts a broker with an empty account and returns a caller of it."""
    with ExitStack() as stack:

        def start(profile: str = "real", **options: Any) -> Caller:
            broker = stack.enter_context(running(profile, **{"trader": False, **options}))
            somebody = Caller(broker)
            stack.callback(somebody.close)
            return somebody

        yield start


@pytest.fixture
def generous() -> dict[str, Any]:
    return dict(GENEROUS)
