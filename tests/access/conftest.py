"""Sealing keys of its own for every test of access, an account with a canary pair of keys, a broker double."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kiwoomweb.access import broker_clock, gateway, sealing
from kiwoomweb.access.models import Account
from kiwoomweb.access.services import keys
from kiwoomweb.broker import client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Rates
from kiwoomweb.broker.patience import Patience
from tests.access.broker_double import BrokerDouble, token_reply

#: Unlike anything else: whoever finds them in a page, a log or a cache has found a leak.
APP_KEY = "canary-app-key-q7Zp4RtV"
APP_SECRET = "canary-secret-x9Lw2MkB"


@pytest.fixture(autouse=True)
def ring_file(tmp_path: Path, settings) -> Path:
    """Where this test's key ring lies; not made yet."""
    settings.SEALING_KEYS_FILE = tmp_path / "keys" / "sealing.keys"
    settings.DESK_KEYS_FILE = tmp_path / "desk" / "desk.keys"
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


@pytest.fixture
def broker(monkeypatch) -> Iterator[BrokerDouble]:
    """A broker that accepts every key pair and knows one account; whoever asks, asks it."""
    double = BrokerDouble({"au10001": token_reply(), "ka00001": {"acctNo": "8100000111", "return_code": 0}})
    monkeypatch.setattr(
        client, "_connection", lambda address: httpx.Client(transport=httpx.MockTransport(double))
    )
    monkeypatch.setattr("kiwoomweb.broker.patience.Patience", impatient)
    monkeypatch.setattr(gateway, "RATES", dict.fromkeys(Environment, Rates(per_tr=1000, total=1000, own={})))
    forget_everything()
    yield double
    forget_everything()


def impatient() -> Patience:
    """Asks again as often as the real one, at once."""
    return Patience(limited=iter((0, 0, 0)), silent=iter((0, 0)))


def forget_everything() -> None:
    """Clients, tokens and clocks outlive a request by design; not a test."""
    for remembered in (gateway._client, gateway._tokens, gateway._pacer, gateway._ask_the_time):
        remembered.cache_clear()
    broker_clock._last_heard.clear()
