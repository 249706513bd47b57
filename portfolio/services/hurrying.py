"""Hurrying: when the socket says that something happened, ask at once instead of at the next interval."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from kiwoomweb.later import later
from portfolio.models import Purpose, State, SyncTask
from portfolio.sources import SOURCES

__all__ = ["AFTER_A_FILL", "AFTER_A_SILENCE", "hurry"]

#: What a fill changes.
AFTER_A_FILL = (
    "ka10075",
    "ka10088",
    "ka10076",
    "kt00018",
    "kt00001",
    "ka10085",
    "ka10077",
    "ka10074",
    "ka10073",
    "ka10170",
)
#: What may have changed while nobody listened: orders that came and went, too.
AFTER_A_SILENCE = (*AFTER_A_FILL, "kt00007")


def hurry(account_id: int, trs: Iterable[str]) -> None:
    """Bring the polls of these TRs forward, though none below a third of its interval: fills come in bursts."""
    now = timezone.now()
    polls = SyncTask.objects.filter(account_id=account_id, purpose=Purpose.POLL, tr__in=list(trs))
    for task in polls.filter(state=State.WAITING, trouble_kind=""):
        gap = timedelta(seconds=(SOURCES[task.tr].every or 0) / 3)
        sooner = max(now, task.last_good_at + gap) if task.last_good_at else now
        if sooner < task.due_at:
            polls.filter(pk=task.pk, due_at=task.due_at).update(due_at=sooner)
    later("portfolio.sync_account", account_id=account_id)
