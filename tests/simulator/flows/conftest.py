"""Askers at the instants that matter, each shared and only read."""

import pytest

from tests.simulator.flows.asking import Asker, at


@pytest.fixture(scope="session")
def noon() -> Asker:
    """A Friday in the regular session."""
    return Asker(at("13:07:23"))
