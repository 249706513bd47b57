"""What the socket says about an order is recorded once, whatever the order of its messages."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import OrderEvent
from orders.models import Fill, Order
from orders.models import OrderEvent as Message
from orders.selectors.blotter import open_orders, orders_on
from orders.selectors.fills import fills_of, fills_on
from orders.signals import fills_recorded
from orders.stream import on_order_event
from tests import queue
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import execution, filled_row, open_row, placed_row
from tests.portfolio.steps import poll

ORDER = "0000009"
ACCEPTED = replace(
    execution(ORDER, "0", 0, 0),
    status="접수",
    fill_no="",
    unit_price=None,
    unit_size=None,
    filled=None,
)
FIRST, SECOND = execution(ORDER, "21", 10, 10), execution(ORDER, "22", 20, 30)


def fills(account: Account) -> list[tuple[str, int]]:
    rows = Fill.objects.current().filter(account=account).order_by("fill_no")
    return [(fill.fill_no, fill.quantity) for fill in rows]


def test_an_execution_is_a_fill(connected: Account) -> None:
    on_order_event(connected.pk, FIRST)
    fill = Fill.objects.get(account=connected)
    assert (fill.order_no, fill.fill_no, fill.quantity, fill.amount) == (ORDER, "21", 10, 980_000)
    assert fill.filled_at == FIRST.at


def test_the_same_message_twice_is_one_fill(connected: Account) -> None:
    """F-42."""
    for _time in range(3):
        on_order_event(connected.pk, FIRST)
    assert fills(connected) == [("21", 10)]
    assert Message.objects.count() == 1


@pytest.mark.parametrize("told", list(permutations([ACCEPTED, FIRST, SECOND])))
def test_messages_may_overtake_one_another(connected: Account, told: tuple[OrderEvent, ...]) -> None:
    """F-42."""
    for event in told:
        on_order_event(connected.pk, event)
    order = Order.objects.current().get(account=connected)
    assert fills(connected) == [("21", 10), ("22", 20)]
    assert (order.filled, order.remaining, order.status) == (30, 0, "체결")


def test_an_order_only_the_socket_has_told_of_is_open_until_it_is_filled(connected: Account) -> None:
    on_order_event(connected.pk, ACCEPTED)
    assert [order.order_no for order in open_orders(connected, ACCEPTED.at.date())] == [ORDER]
    on_order_event(connected.pk, FIRST)
    on_order_event(connected.pk, SECOND)
    assert open_orders(connected, ACCEPTED.at.date()) == ()


def test_a_fill_missed_by_the_socket_is_made_good_by_the_list(connected: Account, kiwoom: Kiwoom) -> None:
    on_order_event(connected.pk, FIRST)
    kiwoom.lists("ka10076", filled_row(ORDER, 30, 30, 98_000, "매도"))
    poll(connected, "ka10076")
    assert fills(connected) == [("21", 10), ("agg", 20)]
    on_order_event(connected.pk, SECOND)
    assert fills(connected) == [("21", 10), ("22", 20)]


def test_the_missing_part_is_priced_by_what_the_average_leaves(connected: Account, kiwoom: Kiwoom) -> None:
    on_order_event(connected.pk, FIRST)  # 10 at 98,000
    kiwoom.lists("ka10076", filled_row(ORDER, 30, 30, 99_000, "매도"))
    poll(connected, "ka10076")
    rest = Fill.objects.current().get(account=connected, fill_no="agg")
    assert (rest.amount, rest.price) == (30 * 99_000 - 980_000, Decimal("99500"))


def test_a_list_older_than_the_socket_adds_nothing(connected: Account, kiwoom: Kiwoom) -> None:
    """F-44."""
    on_order_event(connected.pk, FIRST)
    on_order_event(connected.pk, SECOND)
    kiwoom.lists("ka10076", filled_row(ORDER, 30, 10, 98_000, "매도"))
    poll(connected, "ka10076")
    assert fills(connected) == [("21", 10), ("22", 20)]


def test_the_same_order_number_on_another_day_is_another_order(connected: Account) -> None:
    """F-42: what comes from yesterday is yesterday's."""
    on_order_event(connected.pk, FIRST)
    on_order_event(connected.pk, replace(FIRST, at=FIRST.at.replace(day=19)))
    assert Fill.objects.current().filter(account=connected).count() == 2


def test_a_fill_of_an_unknown_symbol_is_kept_and_shown(connected: Account) -> None:
    on_order_event(connected.pk, replace(FIRST, symbol="0199X0", name="처음보는종목"))
    (line,) = fills_on(connected, FIRST.at.date())
    assert (line.symbol, line.name) == ("0199X0", "처음보는종목")
    assert fills_of(connected, "0199X0") == (line,)


def test_the_journal_hears_of_a_fill_after_the_commit(connected: Account) -> None:
    heard = []

    def listen(sender: object, **told: object) -> None:
        heard.append(told["symbols"])

    fills_recorded.connect(listen)
    try:
        on_order_event(connected.pk, FIRST)
        assert heard == []
        queue.waiting()
    finally:
        fills_recorded.disconnect(listen)
    assert heard == [frozenset({"005930"})]


def test_a_refused_order_is_shown_as_refused(connected: Account) -> None:
    on_order_event(connected.pk, replace(ACCEPTED, status="거부", remaining=0, reason="호가단위 오류"))
    (order,) = orders_on(connected, ACCEPTED.at.date())
    assert (order.status, order.is_open) == ("거부", False)
    assert Message.objects.get().content["reason"] == "호가단위 오류"


def test_the_blotter_makes_one_order_of_all_that_is_told(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10075", open_row(ORDER, 30, 10, 98_000))
    kiwoom.lists("ka10076", filled_row(ORDER, 30, 10, 98_000))
    kiwoom.lists("kt00007", placed_row(ORDER, 30, 10, 98_000), placed_row("0000010", 5, 0, 90_000))
    for tr in ("ka10075", "ka10076", "kt00007"):
        poll(connected, tr)
    other, order = orders_on(connected, FIRST.at.date())
    assert (order.filled, order.remaining, order.is_open, order.commission) == (10, 20, True, 140)
    assert (other.order_no, other.is_open) == ("0000010", False)


def test_an_order_filled_since_it_was_listed_open_is_not_open(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10075", open_row(ORDER, 30, 10, 98_000))
    poll(connected, "ka10075")
    on_order_event(connected.pk, FIRST)
    on_order_event(connected.pk, SECOND)
    assert open_orders(connected, FIRST.at.date()) == ()
