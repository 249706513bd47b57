"""Gold (kt50000-kt50003) has order lists of its own: by them an order is followed, found and taken back."""

import pytest

from kiwoomweb.broker.calls.gold import gold_quote
from orders.models import Halt, Intent, Lane
from orders.services.halting import halt
from orders.states import State
from orders.tickets import Kind

pytestmark = pytest.mark.database

KILOGRAM = "M04020000"


@pytest.fixture
def gold(floor):
    """One gram at the day's lowest price, where nobody sells; the broker's word for our channel is known."""
    floor.placed(quantity=1)
    floor.go()
    low = gold_quote(floor.client, KILOGRAM).lower_limit
    return {"symbol": KILOGRAM, "quantity": 1, "price": low}


def look(floor, *intents: Intent) -> list[State]:
    floor.go()
    for one in intents:
        one.refresh_from_db()
    return [one.at for one in intents]


def test_an_order_of_gold_waits_is_changed_and_taken_back(floor, gold) -> None:
    first = floor.placed(**gold)
    assert look(floor, first) == [State.WORKING], (first.why_code, first.why)
    later = floor.placed(
        kind=Kind.MODIFY, **gold | {"price": gold["price"] + 10, "quantity": 0}, target_no=first.order_no
    )
    assert look(floor, first, later) == [State.REPLACED, State.WORKING]
    back = floor.placed(kind=Kind.CANCEL, symbol=KILOGRAM, quantity=0, price=None, target_no=later.order_no)
    assert look(floor, later, back) == [State.CANCELLED, State.CONFIRMED]
    trs = [one.commands.get().tr for one in (first, later, back)]
    assert trs == ["kt50000", "kt50002", "kt50003"]


def test_an_order_of_gold_whose_answer_was_lost_is_found_and_never_taken_for_absent(floor, gold) -> None:
    floor.broker.faults.add("reset_after", tr="kt50000")
    intent = floor.placed(**gold)
    assert intent.at is State.UNKNOWN
    floor.go(4)
    intent.refresh_from_db()
    assert (intent.at, intent.why_code) == (State.WORKING, "bound_list")


def test_a_restart_finds_gold_in_the_brokers_books(floor, gold) -> None:
    intent = floor.placed(**gold)
    floor.round.opened = False
    assert look(floor, intent) == [State.WORKING]
    assert Lane.objects.get().is_open and not Halt.objects.exists()


def test_the_kill_switch_takes_gold_back_too(floor, gold) -> None:
    intent = floor.placed(**gold)
    halt(floor.account, floor.user, "금도")
    floor.go(3)
    intent.refresh_from_db()
    assert intent.at is State.CANCELLED
    assert Lane.objects.get().cleared_epoch == Halt.objects.get().pk
