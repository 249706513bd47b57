"""A server told not to touch real accounts does not, whatever keys it is given."""

import pytest

from kiwoomweb.access import gateway
from kiwoomweb.access.errors import LiveRefused
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment


def test_real_accounts_are_refused_before_anything_is_sent(settings) -> None:
    settings.LIVE_ALLOWED = False
    with pytest.raises(LiveRefused):
        gateway.number_of(Credentials("a", "b"), Environment.LIVE)


@pytest.mark.parametrize("environment", [Environment.PAPER, Environment.SIMULATOR])
def test_paper_and_practice_stay_open(settings, environment: Environment) -> None:
    settings.LIVE_ALLOWED = False
    assert gateway.address_of(environment).rest.startswith("http")
