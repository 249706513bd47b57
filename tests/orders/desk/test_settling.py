"""After a restart the lane opens once the socket has told all for ten seconds; cancelling waits for nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from market.models import StreamLease
from market.services.feeding import went_live
from market.services.leasing import claim
from orders.desk.round import Round
from orders.models import Intent
from orders.states import State
from orders.tickets import Kind

pytestmark = pytest.mark.database


def told_since(floor, seconds: float) -> None:
    claim(floor.account.pk, "stream", timezone.now())
    went_live(floor.account.pk, "stream", timezone.now() - timedelta(seconds=seconds))


def restarted(floor) -> None:
    floor.round = Round(floor.account, floor.round.post)
    floor.go()


def lane(floor):
    floor.account.lane.refresh_from_db()
    return floor.account.lane


def state(intent: Intent) -> State:
    intent.refresh_from_db()
    return intent.at


def test_new_orders_wait_for_the_socket_to_settle_and_cancellations_do_not(floor) -> None:
    waits = floor.placed()
    told_since(floor, 3)
    restarted(floor)
    assert not lane(floor).is_open and "10초" in lane(floor).why
    held = floor.decide(floor.ticket(quantity=2))
    back = floor.placed(kind=Kind.CANCEL, quantity=0, price=None, target_no=waits.order_no)
    assert (state(held), state(back), state(waits)) == (State.READY, State.CONFIRMED, State.CANCELLED)
    went_live(floor.account.pk, "stream", timezone.now() - timedelta(seconds=11))
    floor.go()
    assert lane(floor).is_open and state(held) is not State.READY and held.order_no


def test_once_it_has_settled_a_new_day_does_not_wait_again(floor) -> None:
    told_since(floor, 60)
    restarted(floor)
    assert lane(floor).is_open
    StreamLease.objects.update(live_since=timezone.now())
    floor.round.opened = False
    floor.go()
    assert lane(floor).is_open


def test_a_real_account_to_which_nobody_listens_stays_shut_and_a_practice_account_has_its_lists(floor) -> None:
    assert lane(floor).is_open and not StreamLease.objects.exists()
    floor.account.environment = "paper"
    restarted(floor)
    assert not lane(floor).is_open
