"""What tests do with the synchronisation: poll one TR, run one task, work until nothing is due."""

from datetime import timedelta

from django.utils import timezone

from kiwoomweb.access.models import Account, Credential
from orders.models import Execution, Fact, Fill, Order, OrderEvent, RejectedRow, SplitOrder, Turnover
from orders.services.recording import digest_of
from portfolio import models as journal
from portfolio.models import State, SyncTask
from portfolio.services import claiming, syncing

FACTS: tuple[type[Fact], ...] = (
    Order,
    SplitOrder,
    Fill,
    Execution,
    Turnover,
    journal.RealisedDay,
    journal.RealisedSpan,
    journal.Sale,
    journal.DiaryDay,
    journal.DiaryLine,
    journal.Holding,
    journal.Balance,
    journal.Position,
    journal.Deposit,
    journal.CashFlow,
    journal.DayWorth,
    journal.ClosingHolding,
    journal.ClosingBalance,
)

#: What says when and how we learnt a fact, and not what the fact is.
CIRCUMSTANCES = {"id", "account_id", "recorded_at", "superseded_at", "reply_id", "read_at", "told_at"}


def give_keys(account: Account) -> None:
    """Keys that no test opens: the broker of the tests does not ask for them."""
    sealed = {"app_key_seal": b"-", "app_secret_seal": b"-", "key_version": 1, "app_key_tail": "abcd"}
    Credential.objects.update_or_create(account=account, defaults={**sealed, "made_at": timezone.now()})


def poll(account: Account, tr: str) -> SyncTask:
    """Poll one TR of the account now, and return how it went."""
    return do(account, SyncTask.objects.get(account=account, tr=tr, first__isnull=True))


def do(account: Account, task: SyncTask) -> SyncTask:
    """Run one task now, whatever its due time."""
    task.refresh_from_db()
    assert claiming._take(task)
    task.refresh_from_db()
    syncing.run(account, task)
    task.refresh_from_db()
    return task


def work(account: Account, rounds: int = 40) -> None:
    """Work like a few workers on a day without pauses: until everything planned was read once."""
    for _round in range(rounds):
        syncing.work_through(account.pk)
        unread = SyncTask.objects.filter(account=account, state=State.WAITING, passes=0, trouble_kind="")
        if not unread.filter(ready_at=None).exists():
            return
        unread.update(due_at=timezone.now() - timedelta(seconds=1))
    raise AssertionError("the plan never ends")


def dump(account: Account) -> str:
    """A hash of everything the journal holds now: equal journals have equal hashes."""
    rows = [
        (model.__name__, *sorted((k, str(v)) for k, v in row.items() if k not in CIRCUMSTANCES))
        for model in FACTS
        for row in model.objects.current().filter(account=account).values()
    ]
    return digest_of(sorted(rows))


def versions(account: Account) -> int:
    """How many versions of facts, messages and rejected rows the journal keeps, past ones included."""
    kinds = (*FACTS, OrderEvent, RejectedRow)
    return sum(model.objects.filter(account=account).count() for model in kinds)
