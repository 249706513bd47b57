"""The cast: ten accounts, each with a world of its own and another person in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account, Credential, Team
from kiwoomweb.access.services.keeping import keeper
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.moods import TYPICAL_YEAR
from kiwoomweb.simulator.serve import OPENING, Running, running

__all__ = ["Played", "Role", "connected", "role"]

#: How the persons are, what happens to their holdings overnight (k: in the past, l: while we watch), and how
#: their broker lists executions.
PERSONS = (
    ("", "bonus@{past} rename@{past2} delisting@{past3} split@{live}", "execution"),
    ("단타", "split@{past} delisting@{live}", "execution"),
    ("장기", "rename@{live}", "order"),
    ("조심", "", "order"),
    ("과감", "bonus@{live}", "execution"),
    ("물타기", "split@{past} rename@{past2}", "order"),
    ("소액", "", "execution"),
    ("드묾", "", "order"),
    ("단타", "delisting@{past} split@{live}", "order"),
    ("물타기", "bonus@{past}", "execution"),
)
MANY = 1_000_000
#: Small pages, so that most lists have several.
PAGES = {"kt00007": 4, "kt00009": 4, "kt00015": 25, "ka10073": 25, "ka10074": 20, "ka10072": 3, "ka10076": 3}


@dataclass(frozen=True, slots=True)
class Role:
    """One account of the drill: the seed of its world, and who trades in it how long."""

    number: int
    seed: int
    years: int
    temperament: str
    actions: str
    rows: str


@dataclass(frozen=True, slots=True)
class Played:
    """A role on the stage: its account, and the broker behind it."""

    role: Role
    account: Account
    broker: Running


def role(number: int, seed: int, years: int) -> Role:
    """The ``number``-th account of a drill of this seed."""
    temperament, actions, rows = PERSONS[number % len(PERSONS)]
    days = {"past": 60, "past2": 110, "past3": 160, "live": TYPICAL_YEAR * years + 1}
    return Role(number, seed * 100 + number, years, temperament, actions.format(**days), rows)


@contextmanager
def connected(role: Role) -> Iterator[Played]:
    """Serve the role's world, and let the product's gateway lead there. Nothing has been read yet."""
    exchange = Exchange.opened(
        seed=role.seed,
        now=OPENING,
        years=role.years,
        temperament=role.temperament,
        actions=role.actions,
    )
    quotas: dict[str, Any] = dict.fromkeys(("quota", "total_quota", "order_quota", "token_quota"), MANY)
    with running("real", exchange=exchange, page_rows=PAGES, kt00009_rows=role.rows, **quotas) as broker:
        account = _account(role, broker)
        client = Client(
            Credentials(broker.keys.app_key, broker.keys.app_secret),
            broker.address,
            tokens=MemoryTokenStore(),
            pacer=Unpaced(),
            environment=Environment.SIMULATOR,
            keep=keeper(account),
            sleep=lambda _seconds: None,
        )
        with (
            patch.object(gateway, "broker_for", lambda account, priority=None: client),
            patch.object(gateway, "broker_now", lambda account: broker.simulator.exchange.now()),
        ):
            yield Played(role, account, broker)
        client.close()


def _account(role: Role, broker: Running) -> Account:
    team = Team.objects.create(name=f"drill {role.seed}")
    account = Account.objects.create(
        team=team, name=f"{role.number} {role.temperament}", number=broker.account, environment="simulator"
    )
    sealed = {"app_key_seal": b"-", "app_secret_seal": b"-", "key_version": 1, "app_key_tail": "0000"}
    Credential.objects.create(account=account, made_at=timezone.now(), **sealed)
    return account


def opened_on(played: Played) -> date:
    """The first day of the account."""
    return played.broker.call(lambda exchange: exchange.opened_on)
