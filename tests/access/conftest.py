"""Sealing keys of its own for every test of access, and an account with a canary pair of keys."""

from pathlib import Path

import pytest

from kiwoomweb.access import sealing
from kiwoomweb.access.models import Account
from kiwoomweb.access.services import keys
from kiwoomweb.broker.credentials import Credentials

#: Unlike anything else: whoever finds them in a page, a log or a cache has found a leak.
APP_KEY = "canary-app-key-q7Zp4RtV"
APP_SECRET = "canary-secret-x9Lw2MkB"


@pytest.fixture(autouse=True)
def ring_file(tmp_path: Path, settings) -> Path:
    """Where this test's key ring lies; not made yet."""
    settings.SEALING_KEYS_FILE = tmp_path / "keys" / "sealing.keys"
    return settings.SEALING_KEYS_FILE


@pytest.fixture
def ring(ring_file: Path) -> Path:
    sealing.make_ring()
    return ring_file


@pytest.fixture
def connected(account: Account) -> Account:
    """The owner's practice account with the canary keys."""
    keys.keep(account, Credentials(APP_KEY, APP_SECRET))
    account.refresh_from_db()
    return account
