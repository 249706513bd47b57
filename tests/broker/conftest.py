"""The stage on which the client's tests play."""

import pytest

from tests.broker.stage import Stage


@pytest.fixture
def stage() -> Stage:
    return Stage()
