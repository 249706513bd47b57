"""A desk with one account, the practice broker behind it, and checks that let everything pass."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account, Credential
from kiwoomweb.access.services.keeping import keeper
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.operation.drills.orders.restarting import database
from kiwoomweb.simulator.serve import Running, running
from orders.desk import doors
from orders.desk.round import Round
from orders.models import Intent
from orders.services import examining, resolving
from orders.services.deciding import decide
from orders.services.examining import Examined
from orders.services.posts import me, take
from orders.tickets import Kind, Ticket

SHARE = "005930"
MANY = 1_000_000
QUOTAS: dict[str, Any] = dict.fromkeys(("quota", "total_quota", "order_quota", "token_quota"), MANY)


@pytest.fixture(scope="session")
def serving() -> Iterator[Running]:
    with running(trader=False, **QUOTAS) as broker:
        yield broker


@pytest.fixture(scope="session")
def a_database(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the product in a file, to be copied: that of the tests, or one made for it."""
    file = tmp_path_factory.mktemp("database") / "kiwoomweb.sqlite3"
    with django_db_blocker.unblock():
        if "orders_intent" in connection.introspection.table_names():
            with sqlite3.connect(file) as copy:
                connection.connection.backup(copy)
            copy.close()
        else:
            with database(file):
                call_command("migrate", verbosity=0)
        connection.close()
    return file


@dataclass
class Floor:
    """One account at a desk. ``go`` lets the order process do what is due, once."""

    account: Account
    broker: Running
    round: Round
    client: Client
    user: Any
    _keys: Iterator[int] = field(default_factory=itertools.count)

    @property
    def low(self) -> int:
        """A price of the day's lower end, at which nothing is sold."""
        at = self.broker.clock.now()
        market = self.broker.simulator.exchange.market
        return self.broker.call(lambda _: market.grid(SHARE).limits(market.base(SHARE, at.date()))[0])

    def ticket(self, **changed: Any) -> Ticket:
        """Three shares that will wait."""
        known: dict[str, Any] = {
            "kind": Kind.PLACE,
            "symbol": SHARE,
            "side": Side.BUY,
            "quantity": 3,
            "price": self.low,
        }
        return Ticket(**known | changed)

    def decide(self, ticket: Ticket | None = None, key: str = "") -> Intent:
        key = key or f"key-{self.account.pk}-{next(self._keys):06}"
        return decide(self.account, self.user, ticket or self.ticket(), key).intent

    def go(self, times: int = 1) -> None:
        for _ in range(times):
            self.round.next_look = self.round.next_try = self.round.next_compare = 0.0
            self.round.go()

    def placed(self, **changed: Any) -> Intent:
        """Decided and sent."""
        intent = self.decide(self.ticket(**changed))
        self.go()
        intent.refresh_from_db()
        return intent

    def at_broker(self) -> list[Any]:
        """Every order of the day in the broker's own books."""
        return self.broker.call(lambda exchange: exchange.orders_on(exchange.now().date()))


@pytest.fixture
def floor(
    transactional_db: None, owner: Any, account: Account, serving: Running, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Floor]:
    keys = Credentials(serving.keys.app_key, serving.keys.app_secret)
    client = Client(
        keys,
        serving.address,
        tokens=MemoryTokenStore(),
        pacer=Unpaced(),
        environment=Environment.SIMULATOR,
        keep=keeper(account),
        sleep=lambda _seconds: None,
    )
    sealed = {"app_key_seal": b"-", "app_secret_seal": b"-", "key_version": 1, "app_key_tail": "0000"}
    Credential.objects.create(account=account, made_at=timezone.now(), **sealed)
    monkeypatch.setattr(doors, "door", lambda account, priority: client)
    monkeypatch.setattr(doors, "spare", lambda account: client)
    monkeypatch.setattr("orders.desk.round.broker_now", lambda account: serving.clock.now())
    monkeypatch.setattr("orders.services.reconciling.broker_now", lambda account: serving.clock.now())
    monkeypatch.setattr(gateway, "broker_now", lambda account: serving.clock.now())
    monkeypatch.setattr("orders.services.resolving.skew_of", lambda _: serving.clock.now() - timezone.now())
    monkeypatch.setattr(examining, "examine", lambda *_, **__: Examined(cash=1_000_000))
    monkeypatch.setattr(examining, "prepare", lambda *_: None)
    monkeypatch.setattr(examining, "prepare", lambda *_: None)
    monkeypatch.setattr(resolving, "PROOF", resolving.Absence(3, timedelta(0), timedelta(0)))
    post = take(me(), timezone.now())
    assert post is not None
    made = Floor(account, serving, Round(account, post), client, owner.user)
    made.go()
    yield made
    serving.faults.clear()
    client.close()


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> Callable[[Examined], None]:
    """What the checks say from now on."""
    return lambda said: monkeypatch.setattr(examining, "examine", lambda *_, **__: said)
