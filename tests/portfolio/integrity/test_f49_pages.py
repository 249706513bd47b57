"""F-49, F-50: pages that repeat, loop, never end, shrink or shift. A list is whole, or it is not believed."""

from datetime import timedelta

import pytest
import time_machine

from kiwoomweb.access.models import Account
from kiwoomweb.simulator.serve import Running
from orders.models import Fill, Order
from orders.services.recording import SECOND_LOOK
from portfolio.analytics.proof import Line
from portfolio.models import Purpose, RealisedDay, State, SyncTask
from portfolio.selectors.canonical import canonical_hash
from portfolio.services.proving import prove
from tests.portfolio.steps import do


def busiest(account: Account, tr: str = "kt00007") -> SyncTask:
    """The planned day of the past on which most was ordered."""
    windows = SyncTask.objects.filter(account=account, tr=tr, purpose=Purpose.BACKFILL)
    for task in windows.order_by("-last"):
        if do(account, task).received > 4:
            return task
    raise AssertionError("no busy day")


def again(account: Account, task: SyncTask) -> SyncTask:
    """Ask once more what has been read."""
    SyncTask.objects.filter(pk=task.pk).update(state=State.WAITING)
    return do(account, task)


@pytest.mark.parametrize("kind", ["duplicate_page", "looping_key", "endless_pages", "broken_paging"])
def test_f49_a_list_whose_pages_go_astray_changes_nothing_and_is_told(
    simulated: Account, broker: Running, kind: str
) -> None:
    task = busiest(simulated)
    before = canonical_hash(simulated)
    broker.faults.add(kind, tr="kt00007", count=None)
    task = again(simulated, task)
    assert task.trouble_kind in {"Incomplete", "BrokerDown"}
    assert canonical_hash(simulated) == before
    broker.faults.clear()
    assert again(simulated, task).trouble_kind == ""
    assert canonical_hash(simulated) == before


@pytest.mark.parametrize("kind", ["duplicate_page", "looping_key", "endless_pages"])
def test_f49_of_a_first_reading_that_goes_astray_no_row_is_stored(
    simulated: Account, broker: Running, kind: str
) -> None:
    broker.faults.add(kind, tr="ka10073", count=None)
    broker.faults.add(kind, tr="ka10074", count=None)
    task = SyncTask.objects.get(account=simulated, tr="ka10074", purpose=Purpose.BACKFILL)
    assert again(simulated, task).trouble_kind == "Incomplete"
    assert not RealisedDay.objects.exists()
    broker.faults.clear()
    assert again(simulated, task).new > 5


def test_f49_a_page_that_shrinks_does_not_shrink_the_journal(simulated: Account, broker: Running) -> None:
    task = busiest(simulated)
    before = canonical_hash(simulated)
    broker.faults.add("page_shrinks", tr="kt00007", count=None)
    task = again(simulated, task)
    assert task.doubt_since
    assert canonical_hash(simulated) == before
    broker.faults.clear()
    with time_machine.travel(task.doubt_since + SECOND_LOOK + timedelta(seconds=1)):
        task = again(simulated, task)
    assert (task.doubt_since, canonical_hash(simulated)) == (None, before)


def test_f49_a_list_shorter_than_its_own_header_is_doubted_at_first_sight(
    simulated: Account, broker: Running
) -> None:
    broker.faults.add("page_shrinks", tr="ka10074", count=None)
    task = SyncTask.objects.get(account=simulated, tr="ka10074", purpose=Purpose.BACKFILL)
    task = again(simulated, task)
    assert task.doubt_since
    assert not RealisedDay.objects.exists()


def test_f49_a_short_list_believed_at_last_is_a_mismatch_until_it_is_told_whole(
    simulated: Account, broker: Running
) -> None:
    """The header is the same each time, and newer than none of the rows that come later."""
    broker.faults.add("page_shrinks", tr="ka10074", count=None)
    task = SyncTask.objects.get(account=simulated, tr="ka10074", purpose=Purpose.BACKFILL)
    doubted = again(simulated, task).doubt_since
    with time_machine.travel(doubted + SECOND_LOOK + timedelta(seconds=1), tick=False):
        assert again(simulated, task).new
    day = RealisedDay.objects.current().latest("day").day

    def headers() -> set[bool]:
        return {line.holds for line in map(Line.of, prove(simulated, day).lines) if line.equation == "E4"}

    assert headers() == {False}
    broker.faults.clear()
    with time_machine.travel(doubted + timedelta(hours=5), tick=False):
        assert again(simulated, task).new
        assert headers() == {True}


def test_f50_an_order_told_on_two_pages_is_one_order(simulated: Account, broker: Running) -> None:
    task = busiest(simulated)
    before = canonical_hash(simulated)
    orders, fills = Order.objects.current().count(), Fill.objects.current().count()
    broker.faults.add("row_between", tr="kt00007", count=None)
    task = again(simulated, task)
    assert (task.new, task.changed, task.gone) == (0, 0, 0)
    assert (Order.objects.current().count(), Fill.objects.current().count()) == (orders, fills)
    assert canonical_hash(simulated) == before


def test_f50_an_order_filled_between_two_pages_is_one_order_and_filled(
    simulated: Account, broker: Running
) -> None:
    """The later page tells it as it was before; whichever page came first, the journal is the same."""
    broker.faults.add("status_between", tr="kt00007", count=None)
    task = busiest(simulated)
    first = canonical_hash(simulated)
    orders = Order.objects.current().filter(day=task.last, source="kt00007")
    assert orders.count() == orders.values("order_no").distinct().count() > 4
    task = again(simulated, task)
    assert (task.new, task.changed, task.gone) == (0, 0, 0)
    broker.faults.clear()
    task = again(simulated, task)
    assert (task.new, task.changed, task.gone, task.doubt_since) == (0, 0, 0, None)
    assert canonical_hash(simulated) == first


def test_f50_a_sale_told_twice_between_pages_is_put_right_by_the_next_reading(
    simulated: Account, broker: Running
) -> None:
    slices = SyncTask.objects.filter(account=simulated, tr="ka10074", purpose=Purpose.BACKFILL)
    do(simulated, slices.get())
    task = SyncTask.objects.get(account=simulated, tr="ka10073", purpose=Purpose.BACKFILL)
    do(simulated, task)
    before = canonical_hash(simulated)
    broker.faults.add("row_between", tr="ka10073", count=None)
    assert again(simulated, task).new > 0
    broker.faults.clear()
    doubted = again(simulated, task).doubt_since
    with time_machine.travel(doubted + SECOND_LOOK + timedelta(seconds=1)):
        do(simulated, task)
    assert canonical_hash(simulated) == before
