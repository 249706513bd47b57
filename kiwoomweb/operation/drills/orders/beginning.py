"""Beginning: what a story starts from: an account with a broker on paper, fresh or with its first order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.utils import timezone

from kiwoomweb.access.models import Account, Credential, Team
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.operation.drills.orders.paper import Paper

__all__ = ["NOON", "Beginning", "open_account"]

#: The broker's clock in a story: the middle of a session, whenever it is told.
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=SEOUL)
_names: Iterator[int] = count()


@dataclass(frozen=True, slots=True)
class Beginning:
    """``orders`` were decided so far: as many prices and keys are used."""

    account: Account
    paper: Paper
    orders: int = 0


def open_account() -> Beginning:
    """An account of which the broker has never heard."""
    name = f"story {next(_names)}"
    account = Account.objects.create(team=Team.objects.create(name=name), name=name, environment="simulator")
    sealed = {"app_key_seal": b"-", "app_secret_seal": b"-", "key_version": 1, "app_key_tail": "0000"}
    Credential.objects.create(account=account, made_at=timezone.now(), **sealed)
    return Beginning(account, Paper(NOON))
