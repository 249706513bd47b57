"""Every trading day is read again after it is over: five times, because settlement corrects the evening."""

from datetime import date, datetime, timedelta

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from portfolio.models import AccountSync, Purpose, RealisedDay, State, SyncTask
from portfolio.services import claiming
from portfolio.services.ringing import due_accounts
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import day_row
from tests.portfolio.steps import do, poll

FRIDAY = date(2026, 11, 20)


def closing_reads(account: Account, tr: str = "ka10074") -> list[SyncTask]:
    tasks = SyncTask.objects.filter(account=account, tr=tr, purpose=Purpose.CLOSE)
    return list(tasks.order_by("first"))


def test_the_day_is_read_again_five_minutes_after_its_last_session(connected: Account, kiwoom: Kiwoom) -> None:
    list(due_accounts())
    (task,) = closing_reads(connected)
    assert (task.first, task.last) == (FRIDAY, FRIDAY)
    assert task.ready_at == datetime(2026, 11, 20, 20, 5, tzinfo=SEOUL)
    assert task not in claiming.due(connected.pk, kiwoom.now)
    assert task in claiming.due(connected.pk, kiwoom.now + timedelta(hours=10))


def test_it_is_read_five_times_over_a_week_and_then_sealed(connected: Account, kiwoom: Kiwoom) -> None:
    list(due_accounts())
    (task,) = closing_reads(connected)
    reads = []
    while task.state == State.WAITING:
        reads.append(f"{task.ready_at.astimezone(SEOUL):%m-%d %H:%M}")
        kiwoom.now = task.ready_at.astimezone(SEOUL)
        task = do(connected, task)
    assert reads == ["11-20 20:05", "11-20 23:00", "11-23 08:10", "11-24 08:10", "11-27 08:10"]
    assert task.state == State.DONE


def test_a_figure_corrected_overnight_is_seen_and_the_evenings_kept(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(FRIDAY, 179_439))
    poll(connected, "ka10074")
    list(due_accounts())
    (task,) = closing_reads(connected)
    kiwoom.now = datetime(2026, 11, 23, 8, 10, tzinfo=SEOUL)
    kiwoom.lists("ka10074", day_row(FRIDAY, 179_419))
    assert do(connected, task).changed == 1
    assert RealisedDay.objects.current().get(account=connected).realised == 179_419
    assert RealisedDay.objects.before().get(account=connected).realised == 179_439


def test_days_the_server_slept_through_are_read_when_it_wakes(connected: Account, kiwoom: Kiwoom) -> None:
    list(due_accounts())
    kiwoom.now = datetime(2026, 11, 27, 10, 0, tzinfo=SEOUL)
    AccountSync.objects.update(rung_until=None)
    list(due_accounts())
    days = [task.first.day for task in closing_reads(connected)]
    assert days == [20, 23, 24, 25, 26, 27]


def test_a_month_that_is_over_is_read_once_more_as_a_whole_on_the_next_trading_morning(
    connected: Account, kiwoom: Kiwoom
) -> None:
    AccountSync.objects.update(planned_day=FRIDAY)
    for at in (datetime(2026, 11, 30, 7, tzinfo=SEOUL), datetime(2026, 12, 1, 7, tzinfo=SEOUL)):
        kiwoom.now = at
        list(due_accounts())
    months = SyncTask.objects.filter(purpose=Purpose.AGAIN, first=date(2026, 11, 1), last=date(2026, 11, 30))
    assert sorted(months.values_list("tr", flat=True)) == ["ka10073", "ka10074", "kt00002", "kt00015"]
    task = months.get(tr="ka10074")
    assert task.ready_at == datetime(2026, 12, 1, 8, 10, tzinfo=SEOUL)
    assert do(connected, task).state == State.DONE


def test_a_closed_day_is_not_read(connected: Account, kiwoom: Kiwoom) -> None:
    AccountSync.objects.update(planned_day=date(2026, 12, 23))
    kiwoom.now = datetime(2026, 12, 28, 7, 0, tzinfo=SEOUL)
    list(due_accounts())
    assert [task.first.day for task in closing_reads(connected)] == [24, 28]


def test_a_day_closed_by_the_owner_is_not_read(connected: Account, kiwoom: Kiwoom) -> None:
    from market.models import CalendarOverride

    CalendarOverride.objects.create(day=date(2026, 11, 23), kind=CalendarOverride.Kind.CLOSED)
    AccountSync.objects.update(planned_day=FRIDAY)
    kiwoom.now = datetime(2026, 11, 24, 9, 0, tzinfo=SEOUL)
    list(due_accounts())
    assert [task.first.day for task in closing_reads(connected)] == [24]
