"""When the socket says that something happened, the account is asked at once."""

from datetime import timedelta

from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import BalanceChange, Symbol, Won
from portfolio.models import Purpose, SyncTask
from portfolio.services.hurrying import hurry
from portfolio.stream import on_balance
from tests import queue
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.steps import poll


def poll_of(account: Account, tr: str) -> SyncTask:
    return SyncTask.objects.get(account=account, tr=tr, purpose=Purpose.POLL)


def test_a_change_of_the_balance_brings_the_polls_forward(connected: Account, kiwoom: Kiwoom, clock) -> None:
    poll(connected, "kt00018")
    clock.shift(timedelta(seconds=8))
    changed = BalanceChange(Symbol("005930"), "삼성전자", 10, 10, Won(70_000), Won(71_000), Won(0))
    on_balance(connected.pk, changed)
    assert poll_of(connected, "kt00018").due_at == timezone.now()
    assert queue.waiting()[-1].name == "portfolio.sync_account"


def test_a_burst_of_fills_does_not_become_a_burst_of_questions(
    connected: Account, kiwoom: Kiwoom, clock
) -> None:
    poll(connected, "kt00018")
    for _fill in range(5):
        hurry(connected.pk, ["kt00018"])
    assert poll_of(connected, "kt00018").due_at == timezone.now() + timedelta(seconds=5)


def test_a_tr_in_trouble_is_not_hurried(connected: Account, kiwoom: Kiwoom, clock) -> None:
    kiwoom.breaks("kt00018", 503, "<html></html>")
    waits = poll(connected, "kt00018").due_at
    hurry(connected.pk, ["kt00018"])
    assert poll_of(connected, "kt00018").due_at == waits
