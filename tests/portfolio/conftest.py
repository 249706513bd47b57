"""A connected account, the broker behind it, and a clock of ours that tests can move."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from portfolio.services import backfilling
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.steps import give_keys


@pytest.fixture
def kiwoom(monkeypatch: pytest.MonkeyPatch) -> Kiwoom:
    """The broker of this test, behind the gateway."""
    broker = Kiwoom()
    monkeypatch.setattr(gateway, "broker_for", lambda account, priority=None: broker.client(account))
    monkeypatch.setattr(gateway, "broker_now", lambda account: broker.now)
    return broker


@pytest.fixture
def connected(account: Account, kiwoom: Kiwoom, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The team's account with keys and a plan of few days. Nothing has been read yet."""
    monkeypatch.setattr(backfilling, "MARGIN", 5)
    monkeypatch.setattr(backfilling, "DIARY", timedelta(days=10))
    give_keys(account)
    backfilling.begin(account.pk)
    return account


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Our own clock, standing still until the test moves it."""
    with time_machine.travel(timezone.now(), tick=False) as travelling:
        yield travelling
