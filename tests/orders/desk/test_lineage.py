"""Changes and cancellations say what only their order knows: that it is on credit, and its stop price."""

import pytest
from django.utils import timezone

from kiwoomweb.broker.domain import CreditKind, OrderKind, Side, Venue
from orders.models import Order
from orders.selectors.targets import as_its_target
from orders.services.following import follow
from orders.states import State
from orders.tickets import Kind
from tests.orders.desk.conftest import SHARE

pytestmark = pytest.mark.database


def done(floor, **asked):
    """What a page asks for: it names the order and what is to be different, and nothing else."""
    intent = floor.decide(as_its_target(floor.account, floor.ticket(**asked)))
    floor.go()
    intent.refresh_from_db()
    return intent


def trs(*intents) -> list[str]:
    return [one.commands.get().tr for one in intents]


def test_an_order_on_credit_is_changed_and_taken_back_by_the_trs_of_credit(floor) -> None:
    first = floor.placed(credit=CreditKind.LOAN)
    assert first.at is State.WORKING, (first.why_code, first.why)
    changed = done(floor, kind=Kind.MODIFY, quantity=0, price=floor.low + 100, target_no=first.order_no)
    assert changed.at is State.WORKING, (changed.why_code, changed.why)
    gone = done(floor, kind=Kind.CANCEL, quantity=0, price=None, target_no=changed.order_no)
    assert (gone.at, trs(first, changed, gone)) == (State.CONFIRMED, ["kt10006", "kt10008", "kt10009"])


def test_an_order_on_credit_of_another_terminal_is_taken_back_as_one(floor) -> None:
    low = floor.low
    number = floor.broker.call(
        lambda exchange: exchange.place(Side.BUY, SHARE, 2, low, credit="33", channel="영웅문S#").number
    )
    today = floor.broker.clock.now()
    told = {"order_no": number, "symbol": SHARE, "side": "buy", "label": "+매수신용", "status": "접수"}
    told |= {
        "source": "ka10075",
        "quantity": 2,
        "remaining": 2,
        "price": low,
        "venue": "KRX",
        "placed_at": today,
    }
    Order.objects.create(account=floor.account, day=today.date(), recorded_at=timezone.now(), filled=0, **told)
    gone = done(floor, kind=Kind.CANCEL, quantity=0, price=None, target_no=number)
    assert (gone.at, trs(gone)) == (State.CONFIRMED, ["kt10009"])


def test_an_order_that_waits_for_a_price_keeps_it_unless_another_is_named(floor) -> None:
    market = floor.broker.simulator.exchange.market
    day = floor.broker.clock.now()
    high = floor.broker.call(lambda _: market.grid(SHARE).limits(market.base(SHARE, day.date()))[1]) - 500
    first = floor.placed(order_kind=OrderKind.STOP_LIMIT, price=high, stop_price=high - 1_000)
    assert first.at is State.WORKING, (first.why_code, first.why)
    asked = {"kind": Kind.MODIFY, "order_kind": OrderKind.STOP_LIMIT, "quantity": 0}
    kept = done(floor, **asked, price=high + 100, target_no=first.order_no)
    moved = done(floor, **asked, price=high + 100, stop_price=high - 500, target_no=kept.order_no)
    told = {one.number: one.stop_price for one in floor.at_broker()}
    assert [told[one.order_no] for one in (first, kept, moved)] == [high - 1_000, high - 1_000, high - 500]


def test_an_order_for_the_other_venue_keeps_its_venue(floor) -> None:
    for venue in (Venue.NXT, Venue.SOR):
        first = floor.placed(venue=venue)
        assert (first.at, first.venue) == (State.WORKING, venue), (first.why_code, first.why)
        changed = done(
            floor, kind=Kind.MODIFY, quantity=0, price=floor.low + 100, venue=venue, target_no=first.order_no
        )
        gone = done(floor, kind=Kind.CANCEL, quantity=0, price=None, venue=venue, target_no=changed.order_no)
        follow(floor.account, changed.day, [changed.order_no])
        changed.refresh_from_db()
        assert (gone.at, changed.at) == (State.CONFIRMED, State.CANCELLED)
