"""Looking again: plan the second read that a day needs before it is sealed, or that a person asks for."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.analytics.proof.states import APART, DayState
from portfolio.models import DayProof, Purpose, State, SyncTask
from portfolio.selectors.days import clock_of
from portfolio.selectors.proof.reads import CLOSES, LISTS, reads_of

__all__ = ["look_again", "read_again"]

#: The windows of the past whose second read seals their days: totals and sales.
SEALING = ("ka10074", "ka10073")
LATER = APART + timedelta(minutes=5)


def look_again(account: Account, task: SyncTask) -> None:
    """After a read: a second one of each window of the past, and one more of a day that has none to come."""
    if not (task.first and task.last):
        return
    ready_at = clock_of(account).now + LATER
    if task.purpose == Purpose.BACKFILL:
        if task.tr in SEALING:
            _plan(account, [task.tr], (task.first, task.last), ready_at)
        return
    for day in _unfinished(account, task.first, task.last):
        reads = reads_of(account, [day])[day]
        if not reads.more:
            _plan(account, sorted(reads.owed), (day, day), ready_at)


def read_again(account: Account, day: date, *, waits: bool = False) -> None:
    """Ask the broker for the day once more; before all else where a person ``waits`` for it. A day that is over
    has a close to ask for, too."""
    lists = (*LISTS, CLOSES) if clock_of(account).days_since(day) else LISTS
    _plan(account, lists, (day, day), None, asked_at=timezone.now() if waits else None)


def _unfinished(account: Account, first: date, last: date) -> list[date]:
    proofs = DayProof.objects.filter(account=account, day__range=(first, last), superseded_at__isnull=True)
    waiting = proofs.filter(state=DayState.CLOSING.value, held_since__isnull=False)
    return list(waiting.values_list("day", flat=True))


def _plan(
    account: Account,
    trs: Iterable[str],
    span: tuple[date, date],
    ready_at: datetime | None,
    asked_at: datetime | None = None,
) -> None:
    """None for a list that the environment does not offer. Whoever waits already goes on waiting."""
    waits = {"asked_at": asked_at} if asked_at else {}
    stopped = SyncTask.objects.filter(account=account, state=State.STOPPED).values_list("tr", flat=True)
    for tr in set(trs) - set(stopped):
        SyncTask.objects.update_or_create(
            account=account,
            tr=tr,
            purpose=Purpose.AGAIN,
            first=span[0],
            last=span[1],
            defaults={
                "state": State.WAITING,
                "due_at": timezone.now(),
                "ready_at": ready_at,
                "attempts": 0,
                **waits,
            },
        )
