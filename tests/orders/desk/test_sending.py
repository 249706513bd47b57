"""An order is decided once, sent once, and followed to its end."""

from datetime import timedelta

import pytest

from kiwoomweb.broker.domain import OrderKind
from orders.errors import KeyMissing, KeyReused
from orders.models import Command, Intent, Lane, Reservation
from orders.services.deciding import decide
from orders.states import State
from orders.tickets import Kind
from tests.orders.desk.conftest import SHARE

pytestmark = pytest.mark.database


def test_an_order_leaves_the_house_and_waits_at_the_broker(floor) -> None:
    before = len(floor.at_broker())
    intent = floor.placed()
    assert intent.at is State.WORKING, (intent.why_code, intent.why)
    assert [one.number for one in floor.at_broker()[before:]] == [intent.order_no]
    command = Command.objects.get()
    assert (command.outcome, command.before_complete) == ("accepted", True)
    assert command.sent_at and command.claimed_at < command.sent_at < command.answered_at
    assert Reservation.objects.get().released_at is None
    assert Lane.objects.get().busy is None


def test_it_is_changed_and_taken_back_under_its_new_number(floor) -> None:
    first = floor.placed()
    changed = floor.placed(kind=Kind.MODIFY, quantity=2, price=floor.low + 100, target_no=first.order_no)
    first.refresh_from_db()
    assert (changed.at, changed.quantity, first.at, first.remaining) == (State.WORKING, 2, State.WORKING, 1)
    gone = floor.placed(kind=Kind.CANCEL, quantity=0, target_no=changed.order_no)
    changed.refresh_from_db()
    assert (gone.at, changed.at, changed.cancelled) == (State.CONFIRMED, State.CANCELLED, 2)
    floor.placed(kind=Kind.CANCEL, quantity=0, target_no=first.order_no)
    first.refresh_from_db()
    assert (first.at, first.remaining, first.cancelled) == (State.CANCELLED, 0, 1)
    assert not Reservation.objects.filter(released_at__isnull=True).exists()


def test_all_that_remains_is_changed_by_a_quantity_of_nothing(floor) -> None:
    first = floor.placed()
    changed = floor.placed(kind=Kind.MODIFY, quantity=0, price=floor.low + 100, target_no=first.order_no)
    first.refresh_from_db()
    assert (first.at, changed.at, changed.remaining) == (State.REPLACED, State.WORKING, 3)
    # Whoever still names the old number means the order that lives.
    floor.placed(kind=Kind.CANCEL, quantity=0, target_no=first.order_no)
    changed.refresh_from_db()
    assert changed.at is State.CANCELLED


def test_the_same_key_is_the_same_order_and_another_ticket_under_it_is_none(floor) -> None:
    ticket = floor.ticket()
    first = decide(floor.account, floor.user, ticket, "one-and-the-same")
    again = decide(floor.account, floor.user, ticket, "one-and-the-same")
    assert again.replayed and again.intent.pk == first.intent.pk and not first.replayed
    with pytest.raises(KeyReused):
        decide(floor.account, floor.user, floor.ticket(quantity=4), "one-and-the-same")
    with pytest.raises(KeyMissing):
        decide(floor.account, floor.user, ticket, "")
    assert Intent.objects.count() == 1


def test_a_refusal_of_the_broker_says_why_and_holds_nothing(floor) -> None:
    intent = floor.placed(price=floor.low + 1)
    assert (intent.at, bool(intent.why)) == (State.REJECTED, True)
    assert Reservation.objects.get().released_at is not None


def test_a_new_day_is_reconciled_before_anything_leaves_on_it(floor) -> None:
    """C01: what had been true yesterday opens no lane today; what waits need not end for that."""
    before = Lane.objects.get().reconciled_at
    floor.round.opened_on = floor.broker.clock.now().date() - timedelta(days=1)
    intent = floor.placed()
    assert Lane.objects.get().reconciled_at > before
    assert intent.at is State.WORKING


def test_a_market_order_fills_and_its_won_are_known(floor) -> None:
    intent = floor.placed(price=None, order_kind=OrderKind.MARKET)
    later = floor.broker.clock.now() + timedelta(seconds=30)
    floor.broker.call(lambda exchange: exchange.jump(later))
    floor.go()
    intent.refresh_from_db()
    assert (intent.at, intent.filled) == (State.FILLED, 3)
    assert intent.filled_amount > 0 and intent.symbol == SHARE
