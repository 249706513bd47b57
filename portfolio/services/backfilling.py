"""Backfilling: read the past once, newest first, in windows that are each committed with their rows.

    ka10074  slices of three months, back until nine in a row are empty (two years without a sale, and more)
    ka10073  the same slices, where ka10074 found anything
    kt00015  the same slices, and kt00002: cash, settlements and worth
    kt00007  each trading day, from today back to a little before the first realised result
    ka01690  the same days: shares and cash at each close
    ka10170  each trading day of the two months the broker keeps
    kt00009  the days on which kt00007 found orders
    ka10072  a few recent days, to check the others by

The windows are rows of ``SyncTask``: an interrupted backfill goes on where its last commit was. The first
answers say how far to go, so the plan grows while it runs.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import trading_day_after, trading_days
from kiwoomweb.later import later
from orders.models import Fill
from orders.services.recording import Ledger
from portfolio.models import AccountSync, Purpose, RealisedDay, State, SyncTask
from portfolio.selectors.days import clock_of, corrections
from portfolio.services.claiming import LANES
from portfolio.sources import SOURCES

__all__ = ["begin", "complete", "follow_up"]

#: The broker's clients never ask for more than three months at once.
SLICE = timedelta(days=90)
SLICED = ("ka10074", "kt00015", "kt00002")
#: What is asked of each trading day by itself.
DAILY = ("kt00007", "ka01690")
#: So many empty slices in a row, and the past is over.
EMPTY_SLICES = 9
LONGEST = timedelta(days=3653)
#: What the broker's own diary reaches.
DIARY = timedelta(days=61)
#: Trading days read before the first realised result: what was sold had been bought.
MARGIN = 20
#: Recent trading days of which the sales are read a second way.
CROSS_CHECKED = 5


def begin(account_id: int) -> None:
    """Plan the polls and the first windows of an account. Planning again changes nothing: days missed since
    the first time are found by ``closing``."""
    account = Account.objects.get(pk=account_id)
    today = clock_of(account).trading_day
    yesterday = today - timedelta(days=1)
    with transaction.atomic():
        _sync, is_new = AccountSync.objects.get_or_create(
            account=account, defaults={"began_at": timezone.now(), "planned_day": yesterday}
        )
        _plan_polls(account_id)
        if is_new:
            _plan_past(account_id, yesterday)
    for _lane in range(LANES):
        later("portfolio.sync_account", account_id=account_id)


def _plan_past(account_id: int, last: date) -> None:
    """The first windows; today itself is polled."""
    _plan_slice(account_id, last)
    _plan_days(account_id, "ka10170", trading_days(last - DIARY, last, corrections()))
    for tr in DAILY:
        _plan_days(account_id, tr, _back_from(last, MARGIN))
    _plan_days(account_id, "ka10072", _back_from(last, CROSS_CHECKED))


def follow_up(task: SyncTask, ledger: Ledger) -> None:
    """After a slice of daily results: its sales, the days around it, and the slice before it.

    After a day of orders: its executions.
    """
    if task.purpose == Purpose.BACKFILL and task.tr == "kt00007" and task.last and ledger.received:
        # In line with the rest of the past: left to the end they would wait for one TR's limit alone.
        _plan(task.account_id, "kt00009", [(task.last, task.last)])
    if task.purpose != Purpose.BACKFILL or task.tr != "ka10074" or not (task.first and task.last):
        return
    if ledger.received:
        _plan(task.account_id, "ka10073", [(task.first, task.last)])
        _plan_daily(task.account_id)
    if _goes_on(task, task.first):
        _plan_slice(task.account_id, task.first - timedelta(days=1))
    else:
        _note_first_day(task.account_id)


def _plan_slice(account_id: int, last: date) -> None:
    """The three months up to ``last``, of every TR that answers for a span."""
    for tr in SLICED:
        _plan(account_id, tr, [(last - SLICE + timedelta(days=1), last)])


def complete(account_id: int) -> None:
    """Plan what an account whose past was read before has never been asked: a list that we ask for since."""
    if _slices(account_id).exists():
        _plan_daily(account_id)


def _plan_daily(account_id: int) -> None:
    days = list(_days_known(account_id))
    for tr in DAILY:
        _plan_days(account_id, tr, days)


def _goes_on(task: SyncTask, first: date) -> bool:
    """Whether a slice before ``first`` is worth asking for."""
    slices = _slices(task.account_id)
    oldest = slices.filter(state=State.DONE).order_by("first").values_list("received", flat=True)
    ended = slices.count() >= EMPTY_SLICES and not any(oldest[:EMPTY_SLICES])
    return not ended and _yesterday(task.account_id) - first < LONGEST


def _days_known(account_id: int) -> Iterable[date]:
    """Trading days from a little before the first realised result up to the day before we began."""
    days = RealisedDay.objects.current().filter(account_id=account_id)
    first = days.aggregate(day=Min("day"))["day"]
    if first is None:
        return []
    corrected = corrections()
    begins = trading_day_after(first, -MARGIN, corrected)
    return trading_days(begins, _yesterday(account_id), corrected)


def _slices(account_id: int) -> QuerySet[SyncTask]:
    return SyncTask.objects.filter(account_id=account_id, tr="ka10074", purpose=Purpose.BACKFILL)


def _yesterday(account_id: int) -> date:
    """The last day of the past: where the newest slice ends. Later days are polled and closed."""
    newest: date = _slices(account_id).aggregate(last=Max("last"))["last"]
    return newest


def _back_from(day: date, count: int) -> Iterable[date]:
    corrected = corrections()
    return trading_days(trading_day_after(day, -count, corrected), day, corrected)


def _plan_polls(account_id: int) -> None:
    known = SyncTask.objects.filter(account_id=account_id, purpose=Purpose.POLL)
    planned, now = set(known.values_list("tr", flat=True)), timezone.now()
    missing = [tr for tr, source in SOURCES.items() if source.every and tr not in planned]
    rows = [SyncTask(account_id=account_id, tr=tr, purpose=Purpose.POLL, due_at=now) for tr in missing]
    SyncTask.objects.bulk_create(rows, ignore_conflicts=True)


def _plan_days(account_id: int, tr: str, days: Iterable[date]) -> None:
    _plan(account_id, tr, [(day, day) for day in days])


def _plan(
    account_id: int,
    tr: str,
    windows: Iterable[tuple[date, date]],
    purpose: Purpose = Purpose.BACKFILL,
) -> None:
    """Add the windows that are not planned yet; none for a TR that the environment does not offer."""
    planned = SyncTask.objects.filter(account_id=account_id, tr=tr)
    if planned.filter(state=State.STOPPED).exists():
        return
    known = set(planned.filter(purpose=purpose).values_list("first", "last"))
    now = timezone.now()
    rows = [
        SyncTask(account_id=account_id, tr=tr, purpose=purpose, first=first, last=last, due_at=now)
        for first, last in windows
        if (first, last) not in known
    ]
    SyncTask.objects.bulk_create(rows, ignore_conflicts=True)


def _note_first_day(account_id: int) -> None:
    """Tell the account how far its journal reaches."""
    mine = {"account_id": account_id, "superseded_at__isnull": True}
    found = [model.objects.filter(**mine).aggregate(day=Min("day"))["day"] for model in (RealisedDay, Fill)]
    if days := [day for day in found if day]:
        Account.objects.filter(pk=account_id).update(first_day=min(days))
