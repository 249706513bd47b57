"""Two workers never do the same task, and a dead one does not keep it."""

from datetime import date, timedelta

from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.pacing import Priority
from portfolio.models import Purpose, State, SyncTask
from portfolio.services import claiming, settling, syncing
from portfolio.services.looking_again import read_again
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.steps import do


def claim(account: Account, kiwoom: Kiwoom) -> SyncTask | None:
    return claiming.claim(account.pk, kiwoom.now)


def test_two_workers_get_two_tasks(connected: Account, kiwoom: Kiwoom) -> None:
    first, second = claim(connected, kiwoom), claim(connected, kiwoom)
    assert first.pk != second.pk
    assert first.tr != second.tr


def test_an_account_is_asked_on_three_lanes_at_most(connected: Account, kiwoom: Kiwoom) -> None:
    taken = [claim(connected, kiwoom) for _worker in range(4)]
    assert taken.count(None) == 1


def test_a_task_seen_by_two_is_taken_by_one(connected: Account) -> None:
    task = SyncTask.objects.filter(account=connected).first()
    same = SyncTask.objects.get(pk=task.pk)
    assert claiming._take(task)
    assert not claiming._take(same)


def test_a_task_done_between_look_and_grasp_is_not_done_again(connected: Account) -> None:
    task = SyncTask.objects.filter(account=connected, tr="kt00001", first=None).get()
    seen_before = SyncTask.objects.get(pk=task.pk)
    do(connected, task)
    assert not claiming._take(seen_before)


def test_a_dead_workers_task_is_free_again_after_its_time(connected: Account, kiwoom: Kiwoom, clock) -> None:
    lost = claim(connected, kiwoom)
    clock.shift(claiming.FIRST_CLAIM)
    again = claim(connected, kiwoom)
    assert again.pk == lost.pk
    assert again.attempts == 2


def test_each_further_try_may_take_longer(connected: Account, kiwoom: Kiwoom, clock) -> None:
    claim(connected, kiwoom)
    clock.shift(claiming.FIRST_CLAIM)
    again = claim(connected, kiwoom)
    assert again.claimed_until - timezone.now() == 2 * claiming.FIRST_CLAIM


def test_a_dead_worker_that_comes_back_changes_nothing(connected: Account, kiwoom: Kiwoom, clock) -> None:
    lost = claim(connected, kiwoom)
    clock.shift(claiming.FIRST_CLAIM)
    claim(connected, kiwoom)
    settling.doubted(lost)
    assert SyncTask.objects.get(pk=lost.pk).doubt_since is None


def test_polls_of_today_come_before_closed_days_and_those_before_the_past(
    connected: Account, kiwoom: Kiwoom
) -> None:
    SyncTask.objects.filter(account=connected, purpose=Purpose.POLL).exclude(tr="kt00001").delete()
    SyncTask.objects.filter(account=connected, tr="ka10170").update(purpose=Purpose.CLOSE)
    taken = [claim(connected, kiwoom).purpose for _worker in range(3)]
    assert taken == [Purpose.POLL, Purpose.CLOSE, Purpose.BACKFILL]


def test_the_past_never_takes_the_last_lane(connected: Account, kiwoom: Kiwoom) -> None:
    polls = SyncTask.objects.filter(account=connected, purpose=Purpose.POLL)
    polls.update(due_at=timezone.now() + timedelta(seconds=10))
    assert claim(connected, kiwoom).purpose == Purpose.BACKFILL
    assert claim(connected, kiwoom).purpose == Purpose.BACKFILL
    assert claim(connected, kiwoom) is None
    polls.filter(tr="ka10075").update(due_at=timezone.now())
    assert claim(connected, kiwoom).tr == "ka10075"


def test_a_day_that_a_person_waits_for_is_asked_before_all_else_and_takes_the_last_lane(
    connected: Account, kiwoom: Kiwoom
) -> None:
    SyncTask.objects.filter(account=connected, purpose=Purpose.POLL).update(
        due_at=timezone.now() + timedelta(seconds=10)
    )
    assert claim(connected, kiwoom).purpose == Purpose.BACKFILL
    assert claim(connected, kiwoom).purpose == Purpose.BACKFILL
    read_again(connected, date(2026, 11, 19))
    assert claim(connected, kiwoom) is None
    read_again(connected, date(2026, 11, 18), waits=True)
    asked = claim(connected, kiwoom)
    assert (asked.purpose, asked.first) == (Purpose.AGAIN, date(2026, 11, 18))
    assert syncing._priority(asked) is Priority.PERSON
    assert do(connected, asked).asked_at is None


def test_what_is_not_due_is_left_alone(connected: Account, kiwoom: Kiwoom) -> None:
    SyncTask.objects.filter(account=connected).update(due_at=timezone.now() + timedelta(seconds=30))
    assert claim(connected, kiwoom) is None


def test_what_waits_for_the_brokers_clock_waits(connected: Account, kiwoom: Kiwoom) -> None:
    SyncTask.objects.filter(account=connected).update(ready_at=kiwoom.now + timedelta(hours=1))
    assert claim(connected, kiwoom) is None
    kiwoom.now += timedelta(hours=2)
    assert claim(connected, kiwoom)


def test_a_clock_set_back_does_not_silence_the_polls(connected: Account, kiwoom: Kiwoom) -> None:
    polls = SyncTask.objects.filter(account=connected, purpose=Purpose.POLL)
    polls.update(ready_at=kiwoom.now + timedelta(days=400))
    SyncTask.objects.exclude(purpose=Purpose.POLL).update(state=State.DONE)
    assert claim(connected, kiwoom).purpose == Purpose.POLL
