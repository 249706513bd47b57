"""Several workers at once, with real commits: nobody gets in another's way and nothing is written twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from kiwoomweb.access.models import Account
from orders.models import Fill, Order
from orders.services.hearing import hear
from portfolio.models import SyncTask
from portfolio.services import syncing
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import day_row, execution, filled_row, placed_row, sale_row
from tests.portfolio.steps import dump, versions, work

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 20)


def in_threads(count: int, job, *arguments) -> list:
    def alone(number: int):
        try:
            return job(number, *arguments)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(alone, range(count)))


def some_trading(kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10076", *[filled_row(f"{n:07}", 10, 10, 98_000) for n in range(1, 6)])
    kiwoom.lists("kt00007", *[placed_row(f"{n:07}", 10, 10, 98_000) for n in range(1, 6)])
    kiwoom.lists("ka10074", day_row(TODAY, 4_210))
    kiwoom.lists("ka10073", *[sale_row(won, day=TODAY) for won in (1_500, 1_500, 1_210)])


def test_three_workers_read_an_account_as_one_would(connected: Account, kiwoom: Kiwoom) -> None:
    some_trading(kiwoom)
    in_threads(3, lambda _number: syncing.work_through(connected.pk))
    work(connected)
    together = dump(connected), versions(connected)
    asked = [ask for ask in kiwoom.asked if ask[0] == "kt00007"]
    days = [body["ord_dt"] for _tr, body in asked]
    assert sorted(days) == sorted(set(days))
    SyncTask.objects.filter(account=connected).update(state="waiting", passes=0, ready_at=None)
    work(connected)
    assert (dump(connected), versions(connected)) == together


def test_the_socket_and_the_lists_may_tell_of_the_same_fills_at_once(
    connected: Account, kiwoom: Kiwoom
) -> None:
    some_trading(kiwoom)
    told = [execution(f"{n:07}", f"{n}{k}", 5, 5 * k, quantity=10) for n in range(1, 6) for k in (1, 2)]

    def job(number: int) -> None:
        if number == 0:
            syncing.work_through(connected.pk)
        else:
            for event in told if number == 1 else reversed(told):
                hear(connected.pk, event)

    in_threads(3, job)
    work(connected)
    for order in Order.objects.current().filter(account=connected, day=TODAY, source="ka10076"):
        fills = Fill.objects.current().filter(account=connected, day=TODAY, order_no=order.order_no)
        assert sum(fill.quantity for fill in fills) == 10
        assert [fill.is_aggregate for fill in fills] == [False, False]
