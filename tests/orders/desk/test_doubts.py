"""Answers that were lost, garbled or refused: nothing is sent twice, and what became of it is found out."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from kiwoomweb.broker import sending as wire
from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.environment import Address
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.notices.models import Notice
from orders.models import Command, Halt, Intent, Lane
from orders.services import examining, resolving, sending
from orders.services.claiming import Before
from orders.services.examining import Examined, Objection
from orders.services.expiring import expire_due
from orders.services.following import settle
from orders.services.halting import halt
from orders.states import State
from orders.stream import on_order_event
from orders.tickets import Kind
from tests.orders.desk.conftest import SHARE
from tests.portfolio.rows import execution

pytestmark = pytest.mark.database

BUY = "kt10000"


def known(floor) -> None:
    """One order that went well, so that the broker's word for our channel is known."""
    intent = floor.placed(quantity=1)
    floor.go()
    assert intent.at in {State.WORKING, State.ACCEPTED}


@pytest.mark.parametrize("kind", ["reset_after", "truncated"])
def test_f04_an_order_whose_answer_was_lost_is_found_and_bound(floor, kind) -> None:
    known(floor)
    before = len(floor.at_broker())
    floor.broker.faults.add(kind, tr=BUY)
    intent = floor.placed()
    assert intent.at is State.UNKNOWN
    floor.go()
    intent.refresh_from_db()
    assert (intent.at, intent.why_code) == (State.WORKING, "bound_list")
    assert [one.number for one in floor.at_broker()[before:]] == [intent.order_no]


def test_f04_a_second_change_whose_answer_was_lost_is_found_under_the_number_it_was_sent_for(floor) -> None:
    """The first change took a part along; with the rest gone too the order goes by the first one's number."""
    known(floor)
    order = floor.placed(quantity=3)
    part = floor.placed(kind=Kind.MODIFY, quantity=1, price=floor.low + 100, target_no=order.order_no)
    floor.broker.faults.add("reset_after", tr="kt10002")
    rest = floor.placed(kind=Kind.MODIFY, quantity=0, price=floor.low + 200, target_no=order.order_no)
    assert rest.at is State.UNKNOWN
    floor.go()
    rest.refresh_from_db()
    assert (rest.at, rest.why_code) == (State.WORKING, "bound_list")
    assert rest.order_no == floor.at_broker()[-1].number != part.order_no


def test_f04_two_cancellations_of_one_order_whose_answers_were_lost_are_both_found(floor, monkeypatch) -> None:
    known(floor)
    order = floor.placed(quantity=3)
    for kind in ("reset_after", "truncated"):
        floor.broker.faults.add(kind, tr="kt10003")
    with monkeypatch.context() as nobody_looks:
        nobody_looks.setattr("orders.desk.round.resolve", lambda *_, **__: None)
        first = floor.placed(kind=Kind.CANCEL, quantity=1, price=None, target_no=order.order_no)
        rest = floor.placed(kind=Kind.CANCEL, quantity=0, price=None, target_no=order.order_no)
    assert first.at is rest.at is State.UNKNOWN
    floor.go(2)
    for one in (first, rest, order):
        one.refresh_from_db()
    assert (first.why_code, rest.why_code, order.at) == ("bound_list", "bound_list", State.CANCELLED)
    assert [first.order_no, rest.order_no] == [one.number for one in floor.at_broker()[-2:]]


def test_f05_an_order_that_never_arrived_is_given_up_only_after_looking_again(floor) -> None:
    known(floor)
    before = len(floor.at_broker())
    floor.broker.faults.add("reset_before", tr=BUY)
    intent = floor.placed()
    floor.go(2)
    intent.refresh_from_db()
    assert intent.at is State.UNKNOWN
    floor.go()
    intent.refresh_from_db()
    assert intent.at is State.NOT_PLACED
    assert len(floor.at_broker()) == before


def test_f05_of_a_real_account_a_person_has_the_last_word(floor, monkeypatch) -> None:
    monkeypatch.setattr(resolving, "sessions", lambda _day: None)  # the day is not over
    known(floor)
    floor.broker.faults.add("reset_before", tr=BUY)
    intent = floor.placed()
    Intent.objects.filter(pk=intent.pk).update(environment="live")
    floor.go(5)
    intent.refresh_from_db()
    assert (intent.at, intent.doubt) == (State.UNKNOWN, "probably_not_placed")
    resolving.declare_absent(intent, floor.user)
    assert intent.at is State.NOT_PLACED


def test_f05_the_list_of_a_real_day_that_is_over_has_the_last_word_too(floor, monkeypatch) -> None:
    known(floor)
    floor.broker.faults.add("reset_before", tr=BUY)
    intent = floor.placed()
    Intent.objects.filter(pk=intent.pk).update(environment="live")
    over = timezone.now() - timedelta(minutes=29)
    monkeypatch.setattr(resolving, "sessions", lambda _day: SimpleNamespace(closes=over))
    floor.go(5)
    intent.refresh_from_db()
    assert (intent.at, intent.doubt) == (State.UNKNOWN, "probably_not_placed")
    over -= timedelta(minutes=1)
    floor.go()
    intent.refresh_from_db()
    assert intent.at is State.NOT_PLACED


@pytest.mark.parametrize("status", [503, 302, 408])
def test_f02_what_is_no_answer_is_no_answer_and_is_not_asked_again(floor, status) -> None:
    known(floor)
    floor.broker.faults.add("status", status=status, tr=BUY)
    intent = floor.placed()
    assert (intent.at, Command.objects.filter(intent=intent).count()) == (State.UNKNOWN, 1)
    floor.go(4)
    intent.refresh_from_db()
    assert intent.at is State.NOT_PLACED


def test_f03_nobody_listening_is_an_order_that_was_not_sent(floor) -> None:
    floor.client._address = Address.on("127.0.0.1", 9)
    floor.round._before = lambda intent: Before(floor.broker.clock.now().date())
    intent = floor.placed()
    assert (intent.at, Command.objects.get(intent=intent).sent_at) == (State.NOT_SENT, None)


def test_f14_too_many_requests_is_a_refusal_and_is_not_asked_again(floor) -> None:
    before = len(floor.at_broker())
    floor.broker.faults.add("429", tr=BUY)
    intent = floor.placed()
    assert (intent.at, intent.why_code) == (State.REJECTED, "1700")
    floor.go(2)
    assert len(floor.at_broker()) == before


def test_f18_a_token_that_ended_just_then_gives_a_second_command_once(floor) -> None:
    before = len(floor.at_broker())
    floor.broker.faults.add("refuse", tr=BUY, code="8005")
    intent = floor.placed()
    assert intent.at is State.WORKING
    outcomes = list(Command.objects.filter(intent=intent).order_by("number").values_list("outcome", flat=True))
    assert outcomes == ["rejected", "accepted"]
    assert len(floor.at_broker()) == before + 1
    floor.broker.faults.add("refuse", tr=BUY, code="8005", count=5)
    assert floor.placed(quantity=2).at is State.REJECTED


def test_f18_what_has_become_too_old_meanwhile_is_not_sent_again(floor, monkeypatch) -> None:
    """The token was refused, and by now the quote is older than five seconds."""
    answers = iter([Examined(cash=1), Examined(cash=1), Examined(refusals=(Objection("C12", "시세"),))])
    monkeypatch.setattr(examining, "examine", lambda *_, **__: next(answers))
    floor.broker.faults.add("refuse", tr=BUY, code="8005")
    intent = floor.placed()
    assert (intent.at, Command.objects.filter(intent=intent).count()) == (State.REJECTED, 1)


@pytest.mark.parametrize(("code", "cause"), [("8010", "keys"), ("8050", "keys"), ("8030", "environment")])
def test_f21_f22_who_is_doubted_is_halted(floor, code, cause) -> None:
    floor.broker.faults.add("refuse", tr=BUY, code=code)
    assert floor.placed().at is State.REJECTED
    assert Halt.objects.get().cause == cause
    assert floor.placed(quantity=2).at is State.EXPIRED_LOCAL


def test_f12_a_number_that_is_already_another_orders_is_no_number(floor, monkeypatch) -> None:
    first = floor.placed()
    real = sending._call

    def liar(*asked):
        return replace(real(*asked), order_no=first.order_no)

    monkeypatch.setattr(sending, "_call", liar)
    intent = floor.placed(quantity=2)
    assert (intent.at, intent.why_code, intent.order_no) == (State.UNKNOWN, "number_taken", "")
    assert Notice.objects.filter(user=floor.user, title__startswith="결과를 모르는 주문").count() == 1
    floor.go()
    intent.refresh_from_db()
    assert intent.at is State.WORKING and intent.order_no != first.order_no


def test_a_persons_twin_is_never_taken_for_ours(floor) -> None:
    """O-13 end to end: the same order by mouse while ours never arrived."""
    known(floor)
    floor.broker.faults.add("reset_before", tr=BUY)
    intent = floor.decide()
    low = floor.low
    floor.broker.call(lambda exchange: exchange.place(Side.BUY, SHARE, 3, low, channel="영웅문S#"))
    floor.go(5)
    intent.refresh_from_db()
    assert (intent.at, intent.order_no) == (State.NOT_PLACED, "")


def test_while_one_order_is_in_doubt_no_other_leaves_but_cancelling_does(floor) -> None:
    known(floor)
    first = Intent.objects.get()
    floor.broker.faults.add("reset_before", tr=BUY)
    doubted = floor.placed()
    assert doubted.at is State.UNKNOWN
    waiting, back = (
        floor.decide(floor.ticket(quantity=5)),
        floor.decide(floor.ticket(kind="cancel", quantity=0, target_no=first.order_no)),
    )
    floor.round.next_look = float("inf")
    floor.round.go()
    waiting.refresh_from_db()
    back.refresh_from_db()
    assert waiting.at is State.READY
    assert back.at in {State.ACCEPTED, State.CONFIRMED}


def test_f06_f07_an_answer_that_never_ends_costs_five_seconds_and_no_more(floor, monkeypatch) -> None:
    monkeypatch.setattr(wire.post_once, "__defaults__", (wire.quietly, 0.3))
    known(floor)
    floor.broker.faults.add("slow", tr=BUY, seconds=1.0)
    intent = floor.placed()
    assert intent.at is State.UNKNOWN
    floor.go(2)


def test_o07_a_sender_that_slept_through_its_time_sends_nothing(floor, monkeypatch) -> None:
    """A process that was stopped after its claim wakes up minutes later."""
    times = iter([100.0, 104.0])
    monkeypatch.setattr(sending, "reckoned", lambda: next(times))
    before = len(floor.at_broker())
    intent = floor.placed()
    assert (intent.at, intent.why_code) == (State.NOT_SENT, "Withdrawn")
    assert len(floor.at_broker()) == before


def test_late_evidence_of_an_order_called_not_placed_halts_the_account(floor) -> None:
    known(floor)
    floor.broker.faults.add("reset_after", tr=BUY)
    intent = floor.placed()
    number = floor.at_broker()[-1].number
    Intent.objects.filter(pk=intent.pk).update(state=State.NOT_PLACED, order_no=number)
    intent.refresh_from_db()
    settle(intent)
    assert intent.at is State.ACCEPTED
    assert Halt.objects.get().cause == "late_evidence"


def test_a_restart_sends_nothing_of_what_had_waited(floor) -> None:
    intent = floor.decide()
    floor.round.opened = False
    floor.go()
    intent.refresh_from_db()
    assert (intent.at, intent.why_code) == (State.EXPIRED_LOCAL, "restart")


def test_late_is_never(floor) -> None:
    intent = floor.decide()
    Intent.objects.filter(pk=intent.pk).update(expires_at=intent.made_at - timedelta(seconds=1))
    floor.go()
    assert not Command.objects.exists()


def test_f17_without_a_token_nothing_is_sent_and_what_waited_expires(floor) -> None:
    """au10001 fails for minutes: the list before an order cannot be read, so the order does not leave."""
    floor.broker.faults.add("status", status=503, count=100)
    floor.round.account.lane.refresh_from_db()
    Lane.objects.update(read_at=None)
    intent = floor.decide()
    floor.go()
    assert not Command.objects.exists()
    Intent.objects.filter(pk=intent.pk).update(expires_at=intent.made_at)
    assert expire_due() == 1
    intent.refresh_from_db()
    assert (intent.at, intent.why_code) == (State.EXPIRED_LOCAL, "too_late")


def test_f20_a_refusal_nobody_knows_is_looked_up_once(floor) -> None:
    known(floor)
    intent = floor.placed(price=floor.low - 10_000)
    assert (intent.at, intent.doubt) == (State.UNKNOWN, "refused")
    floor.go()
    intent.refresh_from_db()
    assert intent.at is State.NOT_PLACED


@pytest.mark.parametrize(
    ("jump", "passed"), [(timedelta(hours=-1), 4.0), (timedelta(hours=1), 1.0), (timedelta(days=1), 1.0)]
)
def test_f46_a_clock_that_jumps_between_claim_and_first_byte_lets_no_order_out(
    floor, monkeypatch, jump, passed
) -> None:
    """Set back it makes nothing younger: another clock counts. Set forward our term at the desk is over."""
    times, look, now = iter([100.0, 100.0 + passed]), sending._last_look, timezone.now

    def jumped(*parts) -> None:
        monkeypatch.setattr(timezone, "now", lambda: now() + jump)
        try:
            look(*parts)
        finally:
            monkeypatch.setattr(timezone, "now", now)

    monkeypatch.setattr(sending, "reckoned", lambda: next(times))
    monkeypatch.setattr(sending, "_last_look", jumped)
    before = len(floor.at_broker())
    intent = floor.placed()
    assert (intent.at, intent.why_code, len(floor.at_broker())) == (State.NOT_SENT, "Withdrawn", before)


def test_f43_a_fill_heard_before_the_answer_is_counted_once(floor, monkeypatch) -> None:
    """The socket is faster than the answer to the order, and tells it again afterwards."""
    real = sending._call
    told = []

    def slower(*asked):
        receipt = real(*asked)
        now = floor.broker.clock.now()
        event = replace(execution(receipt.order_no, "7", 2, 2), at=now, side=Side.BUY, quantity=3, remaining=1)
        told.append(event)
        on_order_event(floor.account.pk, event)
        return receipt

    monkeypatch.setattr(sending, "_call", slower)
    intent = floor.placed()
    assert (intent.at, intent.filled, intent.remaining) == (State.PARTIAL, 2, 1)
    on_order_event(floor.account.pk, told[0])
    floor.go()
    intent.refresh_from_db()
    assert (intent.at, intent.filled) == (State.PARTIAL, 2)


def test_who_trades_is_told_of_a_doubt_and_of_a_halt_once(floor) -> None:
    known(floor)
    floor.broker.faults.add("reset_before", tr=BUY)
    floor.placed()
    halt(floor.account, None, "세 번", cause="unknowns")
    halt(floor.account, None, "세 번", cause="unknowns")
    told = Notice.objects.filter(user=floor.user, kind="order_trouble").order_by("pk")
    assert [one.title.partition(":")[0] for one in told] == ["결과를 모르는 주문", "거래 정지"]


def test_no_other_process_gets_a_client_that_orders(floor) -> None:
    from kiwoomweb.access import gateway

    with pytest.raises(gateway.MayNotOrder):
        gateway.order_broker_for(floor.account, Priority.PLACE)
    reader = gateway._AccountClient.__new__(gateway._AccountClient)
    with pytest.raises(gateway.MayNotOrder):
        reader.send_once(BUY, {})
    with pytest.raises(gateway.MayNotOrder):
        reader.call(BUY, {})


def test_a_cancellation_that_never_arrived_is_asked_for_again_by_itself(floor) -> None:
    first = floor.placed()
    floor.broker.faults.add("reset_before", tr="kt10003")
    back = floor.placed(kind=Kind.CANCEL, quantity=0, target_no=first.order_no)
    floor.go(3)
    first.refresh_from_db()
    back.refresh_from_db()
    assert (back.at, first.at) == (State.NOT_PLACED, State.CANCELLED)
    assert Intent.objects.filter(kind=Kind.CANCEL).count() == 2


def test_a_cancellation_follows_a_change_nobody_knew_of(floor) -> None:
    """3.6: the change happened, its answer was lost, and somebody took the order back meanwhile."""
    first = floor.placed()
    floor.broker.faults.add("reset_after", tr="kt10002")
    changed = floor.placed(kind=Kind.MODIFY, quantity=0, price=floor.low + 100, target_no=first.order_no)
    assert changed.at is State.UNKNOWN
    back = floor.decide(floor.ticket(kind=Kind.CANCEL, quantity=0, target_no=first.order_no))
    floor.go(4)
    changed.refresh_from_db()
    back.refresh_from_db()
    assert changed.at is State.CANCELLED
    assert not floor.broker.call(
        lambda exchange: [one for one in exchange.open_orders() if one.number == changed.order_no]
    )
