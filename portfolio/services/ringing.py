"""Ringing: look in the database which accounts have something due. Losing every message loses nothing."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.models import AccountSync
from portfolio.selectors.days import clock_of
from portfolio.services import backfilling, closing
from portfolio.services.claiming import LANES, busy, due
from portfolio.services.stopping import may_ask

__all__ = ["answer", "due_accounts"]

#: A rung bell is given so long to be answered before it is rung again.
HEARING = timedelta(seconds=20)


def due_accounts() -> Iterator[int]:
    """The accounts a worker should turn to now. Accounts that were never planned are planned on the way."""
    connected = Account.objects.filter(credential__isnull=False).select_related("sync").order_by("pk")
    for account in connected:
        if not hasattr(account, "sync"):
            backfilling.begin(account.pk)
        elif may_ask(account, account.sync) and _has_work(account) and _ring(account):
            yield account.pk


def answer(account_id: int) -> None:
    """A worker has heard the bell: another one may be rung for the next lane."""
    now = timezone.now()
    heard = AccountSync.objects.filter(account_id=account_id, rung_until__lte=now + HEARING)
    heard.update(rung_until=None)


def _has_work(account: Account) -> bool:
    clock = clock_of(account)
    closing.plan_days(account.sync, clock)
    return len(busy(account.pk)) < LANES and due(account.pk, clock.now).exists()


def _ring(account: Account) -> bool:
    """Take the bell, unless another one is still waiting to be heard."""
    now = timezone.now()
    silent = Q(rung_until__isnull=True) | Q(rung_until__lte=now)
    bell = AccountSync.objects.filter(silent, account=account)
    return bell.update(rung_until=now + HEARING) == 1
