"""Stopping: leave an account alone while asking makes no sense, and come back when it does."""

from datetime import timedelta

from django.db.models.functions import Coalesce
from django.utils import timezone

from kiwoomweb.access.errors import NotConnected
from kiwoomweb.access.models import Account, Credential
from kiwoomweb.broker.errors import BrokerError, DeviceRefused, WrongEnvironment, WrongKeys
from portfolio.models import AccountSync, SyncTask

__all__ = ["may_ask", "rest", "stop_if_hopeless"]

#: What only a person can mend, with other keys or at the broker's site.
HOPELESS = (WrongKeys, WrongEnvironment, DeviceRefused, NotConnected)

#: These only other keys can mend. The rest may be mended without touching them (an address registered at the
#: broker, a key file restored, a setting), so it is tried again: at the broker seldom, here often.
FINAL = {error.__name__ for error in (WrongKeys, WrongEnvironment)}
AT_THE_BROKER, HERE = timedelta(minutes=30), timedelta(minutes=1)


def stop_if_hopeless(account: Account, error: BrokerError) -> bool:
    """Stop asking for the account when a person must act first; true when stopped."""
    if not isinstance(error, HOPELESS):
        return False
    now = timezone.now()
    AccountSync.objects.filter(account=account).update(
        stopped_keys=_mark(account),
        stopped_kind=type(error).__name__,
        stopped_since=Coalesce("stopped_since", now),
        rung_until=now + (HERE if isinstance(error, NotConnected) else AT_THE_BROKER),
    )
    return True


def may_ask(account: Account, sync: AccountSync) -> bool:
    """Whether the account may be asked for. New keys wake a stopped account and all its tasks at once."""
    mark = _mark(account)
    if not mark:
        return False
    if not sync.stopped_kind:
        return True
    if mark == sync.stopped_keys and not _worth_another_try(sync):
        return False
    _wake(account, sync)
    return True


def rest(account_id: int, pause: timedelta) -> None:
    """Ring no bell for the account until the pause is over: its broker is out of reach."""
    AccountSync.objects.filter(account_id=account_id).update(rung_until=timezone.now() + pause)


def _worth_another_try(sync: AccountSync) -> bool:
    rested = sync.rung_until is None or sync.rung_until <= timezone.now()
    return rested and sync.stopped_kind not in FINAL


def _wake(account: Account, sync: AccountSync) -> None:
    AccountSync.objects.filter(pk=sync.pk).update(
        stopped_keys="", stopped_kind="", stopped_since=None, rung_until=None
    )
    troubled = SyncTask.objects.filter(account=account).exclude(trouble_kind="")
    troubled.update(due_at=timezone.now(), attempts=0)


def _mark(account: Account) -> str:
    """Changes with the account's keys; empty when it has none."""
    made_at = Credential.objects.filter(account=account).values_list("made_at", flat=True).first()
    return made_at.isoformat() if made_at else ""
