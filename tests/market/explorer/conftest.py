"""A broker that says what a test tells it to, and an account with keys."""

import pytest

from tests.access.conftest import broker, connected, ring, ring_file

__all__ = ["address", "broker", "connected", "ring", "ring_file"]


@pytest.fixture
def address(connected, ring):
    """Where the explorer of the connected account lives."""
    return f"/a/{connected.code}/tr/"
