"""How fresh the journal is: per source the last good read, the trouble since when, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access import errors as access_errors
from kiwoomweb.access.models import Account
from kiwoomweb.broker import errors as broker_errors
from kiwoomweb.prepared import Prepared
from portfolio import errors
from portfolio.models import AccountSync, Purpose, State, SyncTask
from portfolio.sources import SOURCES, Source

__all__ = ["Health", "SourceState", "SyncState", "sync_state"]


class Health(StrEnum):
    """Of one source or the whole account, from best to worst; ``WAITING`` has not been read yet."""

    GOOD = "good"
    WAITING = "waiting"
    NOT_OFFERED = "not_offered"
    TROUBLE = "trouble"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SourceState:
    """One TR. ``sentence`` says what is wrong and what happens next; empty when all is well.

    ``last_good_at`` is our clock, ``None`` when it was never read. ``read`` and ``rejected`` count the rows
    of the last good read.
    """

    tr: str
    title: str
    health: Health
    last_good_at: datetime | None
    trouble_since: datetime | None
    next_try_at: datetime | None
    sentence: str
    read: int
    rejected: int


@dataclass(frozen=True, slots=True)
class SyncState:
    """The whole account: its worst source decides. ``last_good_at`` is the freshest answer of any."""

    health: Health
    sentence: str
    since: datetime | None
    last_good_at: datetime | None
    sources: tuple[SourceState, ...]


_polls = Prepared(lambda account: SyncTask.objects.filter(account=account, purpose=Purpose.POLL), account=int)
_stopped = Prepared(
    lambda account: AccountSync.objects.filter(account=account).exclude(stopped_kind=""), account=int
)


def sync_state(account: Account) -> SyncState:
    """The state of every polled TR, in the order of the table of sources. Two queries."""
    polls = {task.tr: task for task in _polls.rows(account=account.pk)}
    sources = tuple(_source(one, polls.get(tr)) for tr, one in SOURCES.items() if one.every)
    last_good = max((s.last_good_at for s in sources if s.last_good_at), default=None)
    if stopped := next(iter(_stopped.rows(account=account.pk)), None):
        sentence = notice(stopped.stopped_kind)
        return SyncState(Health.STOPPED, sentence, stopped.stopped_since, last_good, sources)
    return _of_sources(sources, last_good)


def notice(kind: str) -> str:
    """The plain sentence of an error named in ``trouble_kind``, in the reader's language."""
    told = (getattr(family, kind, None) for family in (broker_errors, access_errors, errors))
    known = next(filter(None, told), broker_errors.BrokerError)
    return _(known.notice)


def _of_sources(sources: Sequence[SourceState], last_good: datetime | None) -> SyncState:
    troubled = [source for source in sources if source.health is Health.TROUBLE]
    if troubled:
        first = min(troubled, key=_since)
        return SyncState(Health.TROUBLE, first.sentence, first.trouble_since, last_good, tuple(sources))
    health = Health.GOOD if last_good else Health.WAITING
    return SyncState(health, "", None, last_good, tuple(sources))


def _since(source: SourceState) -> datetime:
    return source.trouble_since or timezone.now()


def _source(source: Source, task: SyncTask | None) -> SourceState:
    if task is None:
        return SourceState(source.tr, str(source.title), Health.WAITING, None, None, None, "", 0, 0)
    return SourceState(
        source.tr,
        str(source.title),
        _health(task),
        task.last_good_at,
        task.trouble_since,
        task.due_at if task.trouble_kind else None,
        notice(task.trouble_kind) if task.trouble_kind else "",
        task.received,
        task.rejected,
    )


def _health(task: SyncTask) -> Health:
    if task.state == State.STOPPED:
        return Health.NOT_OFFERED
    if task.trouble_kind:
        return Health.TROUBLE
    return Health.GOOD if task.last_good_at else Health.WAITING
