"""The bell looks in the database: whatever messages are lost, the work is found again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from orders.models import Fill
from portfolio.models import AccountSync, SyncTask
from portfolio.services import ringing
from portfolio.services.ringing import due_accounts
from tests import queue
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import filled_row
from tests.portfolio.steps import give_keys


def names() -> list[str]:
    return [task.name for task in queue.waiting()]


def test_an_account_nobody_planned_is_planned_by_the_bell(account: Account, kiwoom: Kiwoom) -> None:
    give_keys(account)
    assert list(due_accounts()) == []
    assert SyncTask.objects.filter(account=account).exists()
    assert list(due_accounts()) == [account.pk]


def test_an_account_without_keys_is_left_alone(account: Account, kiwoom: Kiwoom) -> None:
    assert list(due_accounts()) == []
    assert not AccountSync.objects.exists()


def test_the_bell_is_not_rung_again_before_it_is_heard(connected: Account, clock) -> None:
    assert list(due_accounts()) == [connected.pk]
    assert list(due_accounts()) == []
    clock.shift(timedelta(seconds=21))
    assert list(due_accounts()) == [connected.pk]


def test_once_heard_it_may_ring_for_another_lane(connected: Account) -> None:
    list(due_accounts())
    ringing.answer(connected.pk)
    assert list(due_accounts()) == [connected.pk]


def test_it_is_silent_when_nothing_is_due(connected: Account) -> None:
    SyncTask.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    assert list(due_accounts()) == []


def test_losing_every_message_loses_nothing(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10076", filled_row("0000007", 10, 10, 70_000))
    queue.waiting()
    queue.asked.clear()  # the queue died with everything in it
    for account_id in due_accounts():
        from portfolio.tasks import sync_account

        sync_account(account_id)
    assert Fill.objects.current().get(account=connected).quantity == 10


def test_the_tasks_can_be_called_by_their_names(connected: Account, kiwoom: Kiwoom) -> None:
    from kiwoomweb.later import later

    queue.waiting()
    queue.asked.clear()
    later("portfolio.begin_backfill", account_id=connected.pk)
    later("portfolio.ring")
    ran = {task.name for task in queue.run_later()}
    assert ran == {"portfolio.begin_backfill", "portfolio.ring", "portfolio.sync_account"}
    assert SyncTask.objects.filter(account=connected, last_good_at__isnull=False).count() > 20


@pytest.mark.parametrize("minutes", [0, 3])
def test_a_shift_ends_and_says_that_more_is_due(
    connected: Account, kiwoom: Kiwoom, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    from portfolio.services import syncing

    assert syncing.work_through(connected.pk, seconds=minutes * 60) is (minutes == 0)
