"""Syncing: ask the broker what is due for one account and record the answer.

    1. claim a task            a conditional update, so that two workers never do the same
    2. ask                     outside any transaction; the raw reply is stored before it is read
    3. record                  rows, fills and the task's state in one transaction, or nothing at all

Whatever goes wrong in 2 changes no row: it becomes state of the task, with a sentence for the page.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.access.services.keeping import heard
from kiwoomweb.broker.errors import BrokerError, Unreachable
from kiwoomweb.broker.pacing import Priority
from market.services.outbox import announce
from orders.models import Execution, Fill, Order, Turnover
from orders.services.filling import settle
from orders.services.locking import locked
from orders.services.recording import SECOND_LOOK, Doubtful, Ledger, Listing, record
from orders.signals import fills_recorded
from portfolio.errors import Unexpected
from portfolio.models import AccountSync, Purpose, SyncTask
from portfolio.selectors.days import clock_of
from portfolio.services import backfilling, proving, settling, stopping
from portfolio.services.claiming import claim, due
from portfolio.services.reading.guarding import Guarded
from portfolio.services.reading.question import Question
from portfolio.services.reading.readers import READERS
from portfolio.services.trades.catching_up import catch_up
from portfolio.sources import SOURCES
from portfolio.timetable import Clock

__all__ = ["run", "take_in", "work_through"]

log = logging.getLogger(__name__)

#: A worker turns to other accounts after so many seconds, and comes back at once if more is due.
SHIFT = 30.0


class Overtaken(Exception):
    """Our claim ran out and another worker has the task: nothing of ours may be committed."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the broker said to one task, when, and in which raw reply (the last page's)."""

    listings: Sequence[Listing]
    clock: Clock
    reply_id: int | None


def work_through(account_id: int, seconds: float = SHIFT) -> bool:
    """Do what is due for the account, most urgent first; true when more is due than the shift allowed.

    Stops early when the broker cannot be reached or the keys are refused: asking on would not help.
    """
    sync = AccountSync.objects.select_related("account").filter(account=account_id).first()
    if sync is None or not stopping.may_ask(sync.account, sync):
        return False
    account, ends = sync.account, time.monotonic() + seconds
    try:
        return _work(account, ends)
    finally:
        _derive(account_id)  # what a shift read of the past becomes trades in one go


def _work(account: Account, ends: float) -> bool:
    while time.monotonic() < ends:
        task = claim(account.pk, gateway.broker_now(account))
        if task is None or not run(account, task):
            return False
    return due(account.pk, gateway.broker_now(account)).exists()


def run(account: Account, task: SyncTask) -> bool:
    """Do one claimed task; false when the account should be left alone for now.

    A fault of ours is told on the page like one of the broker's, and the next task gets its turn. Only a
    database that cannot be reached ends the shift: then there is nowhere to write it down.
    """
    try:
        return _run(account, task)
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        log.exception("%s of account %s could not be recorded", task, account.pk)
        settling.failed(task, Unexpected(type(fault).__name__, tr=task.tr))
        return True


def _run(account: Account, task: SyncTask) -> bool:
    clock = clock_of(account)
    if _too_early(task, clock):
        settling.set_aside(task, clock.next_opening)
        return True
    try:
        with heard() as replies:
            broker = Guarded(gateway.broker_for(account, _priority(task)), account)
            listings = READERS[task.tr](broker, _question(task, clock))
    except BrokerError as error:
        return _troubled(account, task, error)
    _record(task, _Answer(listings, clock, replies[-1] if replies else None))
    return True


def _too_early(task: SyncTask, clock: Clock) -> bool:
    asks_of_today = task.purpose == Purpose.POLL and SOURCES[task.tr].today_only
    return asks_of_today and not clock.speaks_of_today


def _question(task: SyncTask, clock: Clock) -> Question:
    first, last = task.first or clock.trading_day, task.last or clock.trading_day
    return Question(task.account_id, first, last, clock.now)


def _priority(task: SyncTask) -> Priority:
    if task.asked_at:
        return Priority.PERSON
    return Priority.BACKFILL if task.purpose == Purpose.BACKFILL else Priority.ROUTINE


def _troubled(account: Account, task: SyncTask, error: BrokerError) -> bool:
    settling.failed(task, error)
    if isinstance(error, Unreachable):
        stopping.rest(account.pk, settling.back_off(task.attempts, error))
        return False
    return not stopping.stop_if_hopeless(account, error)


def _record(task: SyncTask, answer: _Answer) -> None:
    """Rows, cursor and ledger in one transaction; a doubt or a lost claim takes all of it back."""
    try:
        with transaction.atomic():
            account = locked(task.account_id)
            ledger = _write(task, answer)
            if not settling.succeeded(task, ledger, answer.clock):
                raise Overtaken
            backfilling.follow_up(task, ledger)
            _tell(account, task, ledger)
        if ledger.moved and task.purpose != Purpose.BACKFILL:
            _derive(account.pk)
    except Doubtful:
        settling.doubted(task)
    except Overtaken:
        return
    else:
        proving.after(account, task)


def _derive(account_id: int) -> None:
    """Facts are safe by now: a fault here costs no row, and the next time finds what this one left."""
    try:
        catch_up(account_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("trades of account %s could not be derived", account_id)


def _write(task: SyncTask, answer: _Answer) -> Ledger:
    return take_in(answer.listings, sure=_is_second_look(task), reply_id=answer.reply_id)


def take_in(listings: Iterable[Listing], *, sure: bool = False, reply_id: int | None = None) -> Ledger:
    """Record what an answer lists, and the fills that follow from it, inside the caller's transaction.

    Raises ``Doubtful`` when a list shows less than is known, unless the caller is ``sure``.
    """
    ledger = Ledger()
    for listing in listings:
        days = _days_to_settle(listing)
        found = record(listing, sure=sure, reply_id=reply_id)
        # A turnover is a second view of rows that are counted already, a header no row of the list.
        if listing.model is not Turnover and not listing.is_header:
            ledger += found
        for day in days if found.moved or listing.model is Order else ():
            _settle_fills(listing, day, reply_id)
    return ledger


def _days_to_settle(listing: Listing) -> list[date]:
    """The days whose fills may differ once the listing is recorded, those it no longer names included."""
    if listing.model in (Order, Execution):
        return [listing.day]
    if listing.model is not Turnover:
        return []
    known = Turnover.objects.current().filter(**listing.scope).values_list("day", flat=True)
    return sorted({*known, *(row.day for row in listing.rows)})


def _is_second_look(task: SyncTask) -> bool:
    tried, since = task.last_try_at, task.doubt_since
    return bool(tried and since and tried - since >= SECOND_LOOK - timedelta(seconds=1))


def _settle_fills(listing: Listing, day: date, reply_id: int | None) -> None:
    if not settle(listing.account_id, day, reply_id=reply_id).moved:
        return
    mine = {"account_id": listing.account_id, "day": day}
    symbols = frozenset(Fill.objects.current().filter(**mine).values_list("symbol", flat=True))
    told = {**mine, "symbols": symbols}
    transaction.on_commit(partial(fills_recorded.send, run, **told))


def _tell(account: Account, task: SyncTask, ledger: Ledger) -> None:
    """Let open pages know that the journal has changed; not for every window of the past."""
    if ledger.moved and task.purpose != Purpose.BACKFILL:
        announce(account.pk, account.code, "journal", {"tr": task.tr})
