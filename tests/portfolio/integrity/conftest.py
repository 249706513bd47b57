"""A practice broker of this process with small pages, and an account that reads it over HTTP."""

from collections.abc import Iterator

import pytest

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.access.services.keeping import keeper
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.simulator.serve import Running, running
from portfolio.services import backfilling
from portfolio.services.reading import guarding
from tests.portfolio.steps import give_keys

GENEROUS = {"quota": 10_000, "total_quota": 10_000, "token_quota": 10_000}
SMALL_PAGES = {"kt00007": 2, "kt00009": 2, "kt00015": 5, "ka10073": 4, "ka10072": 2, "ka10074": 5, "ka10076": 2}


@pytest.fixture(scope="module")
def broker() -> Iterator[Running]:
    """A broker whose account has traded for a year; its clock stands still."""
    with running("real", **GENEROUS, page_rows=SMALL_PAGES) as broker:
        yield broker


@pytest.fixture
def simulated(account: Account, broker: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """The account connected to that broker, with its plan made and nothing read. No fault is in force."""
    client = Client(
        Credentials(broker.keys.app_key, broker.keys.app_secret),
        broker.address,
        tokens=MemoryTokenStore(),
        pacer=Unpaced(),
        environment=Environment.SIMULATOR,
        keep=keeper(account),
        sleep=lambda _seconds: None,
    )
    monkeypatch.setattr(gateway, "broker_for", lambda account, priority=None: client)
    now = broker.clock.now()
    monkeypatch.setattr(gateway, "broker_now", lambda account: now)
    give_keys(account)
    account.number = broker.account
    account.save()
    guarding._known.clear()
    backfilling.begin(account.pk)
    yield account
    broker.faults.clear()
    client.close()
