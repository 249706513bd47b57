"""Living: the past is read, then days go by; at each hour that matters the product does what is due.

Our own clock is not moved. What would only wait for it (a pause between polls, the second look at a doubt, the
rest after an outage) is made due instead.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import F, Q
from django.utils import timezone

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.operation.drills.journal.cast import Played
from kiwoomweb.operation.drills.journal.mischief import misbehave
from orders.services.recording import SECOND_LOOK
from portfolio.models import AccountSync, Purpose, State, SyncTask
from portfolio.selectors.days import clock_of
from portfolio.services import backfilling, closing, syncing

__all__ = ["Lived", "live", "work"]

#: When somebody looks on a day: in the session, at its end, after the close, in the evening.
HOURS = (time(10, 31), time(19, 55), time(20, 6), time(23, 1))
MORNING = time(8, 11)
ROUNDS = 400
#: How often a closed day is corrected after the first time.
OFTEN = 0.4

#: Told of each evening that is over, with its day.
Evening = Callable[[date], object]


@dataclass(slots=True)
class Lived:
    """What happened on the way: faults set, and days that went by while we watched."""

    faults: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    corrected: list[date] = field(default_factory=list)


def live(played: Played, luck: Random, days: int, evening: Evening) -> Lived:
    """Connect, read the past, and watch so many trading days and one morning more."""
    lived = Lived()
    backfilling.begin(played.account.pk)
    lived.faults += misbehave(played.broker, luck, 10 * played.role.years)
    work(played)
    for at in _moments(played, days):
        played.broker.clock.jump(at)
        closing.plan_days(AccountSync.objects.get(account=played.account), clock_of(played.account))
        if at.time() == MORNING:
            _correct(played, luck, lived)
        lived.faults += misbehave(played.broker, luck, luck.randrange(0, 3))
        work(played)
        if at.time() == HOURS[-1]:
            lived.days.append(at.date())
            evening(at.date())
    return lived


def _moments(played: Played, days: int) -> Iterator[datetime]:
    """The hours that matter of so many trading days, the next morning and the second look at the past."""
    now = played.broker.clock.now()
    day = now.date()
    for number in range(days):
        if number:
            yield datetime.combine(day, MORNING, tzinfo=SEOUL)
        yield from (moment for hour in HOURS if (moment := datetime.combine(day, hour, tzinfo=SEOUL)) > now)
        day = _next(played, day)
    yield datetime.combine(day, MORNING, tzinfo=SEOUL)


def _next(played: Played, day: date) -> date:
    return played.broker.call(lambda exchange: exchange.trading_day_after(day, 1))


def _correct(played: Played, luck: Random, lived: Lived) -> None:
    """Once at least, and now and then, the broker mends the commission of a closed day (F-52)."""
    if not lived.days or (lived.corrected and luck.random() > OFTEN):
        return
    day, won = lived.days[-1], luck.choice((-10, 10, 20))
    if played.broker.call(lambda exchange: exchange.correct(day, won)):
        lived.corrected.append(day)


def work(played: Played) -> None:
    """Do what is due until nothing is; faults run out on the way, and troubles get another try."""
    account = played.account
    for number in range(ROUNDS):
        _let_time_pass(account.pk)
        syncing.work_through(account.pk, seconds=600)
        if not _pending(account.pk, played.broker.clock.now()):
            return
        if number > ROUNDS // 2:
            played.broker.faults.clear()
    raise AssertionError(f"{account.name}: the reading never ends")


def _pending(account_id: int, broker_now: datetime) -> bool:
    """Whether something planned is still to be read, or a poll is in trouble or doubt."""
    ready = Q(ready_at__isnull=True) | Q(ready_at__lte=broker_now)
    waiting = SyncTask.objects.filter(ready, account_id=account_id, state=State.WAITING)
    unwell = ~Q(trouble_kind="") | Q(doubt_since__isnull=False)
    return waiting.filter(unwell | ~Q(purpose=Purpose.POLL)).exists()


def _let_time_pass(account_id: int) -> None:
    """A minute goes by: pauses are over, doubts are old enough for a second look, nobody rests any more."""
    now, minute = timezone.now(), timedelta(minutes=1) + SECOND_LOOK
    tasks = SyncTask.objects.filter(account_id=account_id, state=State.WAITING)
    tasks.update(due_at=now, claim=None, claimed_until=None)
    tasks.filter(doubt_since__isnull=False).update(doubt_since=F("doubt_since") - minute)
    AccountSync.objects.filter(account_id=account_id).update(rung_until=None)
