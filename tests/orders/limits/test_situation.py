"""From the records to the facts: what an order finds, and what orders before it have promised already."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.broker.domain import Side
from orders.checking import check
from orders.models import AccountLimits, AccountStanding, Command, DayLock, Halt, Intent
from orders.selectors.situation import situation_of
from orders.services import examining
from orders.services.deciding import decide
from orders.states import State
from orders.tickets import Kind
from tests.orders.limits.conftest import SHARE, stand, tell

SOON = timedelta(seconds=1)


@pytest.fixture
def asked(ready, owner, ticket):
    """Decide on a ticket; one a second is the rule, so the ones before move into the past."""
    keys = iter(range(1000))

    def decided(**changed) -> Intent:
        Intent.objects.update(made_at=timezone.now() - 2 * SOON)
        stand_is_fresh()
        return decide(ready, owner.user, ticket(**changed), f"key-{next(keys):08}").intent

    def stand_is_fresh() -> None:
        tell(ready)

    return decided


def refused(intent: Intent) -> list[str]:
    return [code for code, _ in intent.verdict["refusals"]]


def test_all_is_told_and_the_order_goes(asked):
    intent = asked()
    assert (intent.state, intent.verdict["refusals"]) == (State.READY, [])
    assert intent.reservation.cash == 702_450, "nobody told the rate: the dearest one is held back"


def test_nobody_trades_before_the_owner_has_switched_it_on(ready, asked):
    AccountLimits.objects.all().delete()
    assert refused(asked()) == ["C01"]


@pytest.mark.parametrize("who", ["viewer", "stranger"])
def test_who_may_not_order_does_not(ready, ticket, who, request):
    user = request.getfixturevalue(who).user
    intent = decide(ready, user, ticket(), "somebody-else").intent
    assert "C02" in refused(intent)


def test_a_halted_account_takes_nothing_and_a_reducing_one_sells(ready, asked):
    halt = Halt.objects.create(
        account=ready, level="reducing", cause="person", reason="그만", at=timezone.now()
    )
    assert refused(asked()) == ["C01"]
    assert asked(side=Side.SELL).state == State.READY
    halt.level = "halted"
    halt.save()
    assert refused(asked(side=Side.SELL)) == ["C01"]


def test_orders_on_their_way_have_spent_their_money(ready, asked):
    stand(ready, power=1_400_000)
    assert asked().state == State.READY
    assert refused(asked(quantity=11)) == ["C19"]


def test_an_order_the_broker_has_taken_is_in_its_own_figures(ready, asked):
    stand(ready, power=1_400_000)
    first = asked()
    Intent.objects.filter(pk=first.pk).update(state=State.WORKING)
    now = timezone.now()
    numbers = dict.fromkeys(("pid", "pid_started", "fence", "halt_epoch"), 1)
    times = dict.fromkeys(("claimed_at", "deadline", "answered_at"), now)
    Command.objects.create(intent=first, tr="kt10000", outcome="accepted", **numbers, **times)
    assert refused(asked(quantity=11)) == ["C19"], "told before it was taken: counted here"
    stand(ready, power=800_000)
    assert asked(quantity=11).state == State.READY, "told after it: counted there"


def test_shares_sold_since_the_broker_was_asked_are_gone(ready, asked):
    first = asked(side=Side.SELL, quantity=15)
    assert refused(asked(side=Side.SELL, quantity=6)) == ["C18"]
    Intent.objects.filter(pk=first.pk).update(state=State.FILLED, filled=15, state_at=timezone.now())
    assert refused(asked(side=Side.SELL, quantity=6)) == ["C18"]
    stand(ready, holdings={SHARE: [5, 5, 350_000]})
    assert asked(side=Side.SELL, quantity=5).state == State.READY


def test_an_order_that_came_to_nothing_has_promised_nothing(ready, asked):
    stand(ready, power=1_400_000)
    first = asked()
    Intent.objects.filter(pk=first.pk).update(state=State.REJECTED)
    assert asked(quantity=11).state == State.READY


def test_the_same_again_is_asked_and_goes_with_the_answer(asked):
    first = asked()
    again = asked()
    assert again.state == State.DENIED
    assert [code for code, _ in again.verdict["questions"]] == [f"C22:{first.code}"]
    assert asked(answers=(f"C22:{first.code}",)).state == State.READY


def test_orders_of_the_day_add_up_to_its_limit(ready, asked):
    AccountLimits.objects.update(figures={"max_day": 1_400_000})
    assert asked().state == State.READY
    assert refused(asked(quantity=11)) == ["C15"]
    assert asked(quantity=9).state == State.READY


def test_an_order_in_doubt_closes_the_lane_with_its_reason_and_not_for_cancelling(ready, asked):
    first = asked()
    Intent.objects.filter(pk=first.pk).update(state=State.UNKNOWN)
    second = asked(quantity=5)
    assert (refused(second), "결과를 모르는 주문" in second.why) == (["C01"], True)
    assert asked(kind=Kind.CANCEL, quantity=0, price=None, target_no="0000139").state == State.READY


def test_a_shut_day_only_sells_until_somebody_opens_it(ready, asked):
    DayLock.objects.create(account=ready, day="2026-11-20", kind="loss", at=timezone.now(), figure=-1_000_000)
    assert refused(asked()) == ["C21"]
    assert asked(side=Side.SELL).state == State.READY
    DayLock.objects.update(opened_at=timezone.now())
    assert asked().state == State.READY


def test_a_change_speaks_of_an_order_that_waits(ready, asked):
    first = asked()
    change = {"kind": Kind.MODIFY, "target_no": "0000139", "price": 69_900, "quantity": 0}
    assert "C07" in refused(asked(**change))
    Intent.objects.filter(pk=first.pk).update(state=State.WORKING, order_no="0000139", day="2026-11-20")
    assert asked(**change).state == State.READY


def test_a_changed_order_whose_first_is_gone_has_promised_all_of_it(ready, asked):
    first = asked()
    Intent.objects.filter(pk=first.pk).update(state=State.WORKING, order_no="0000139", day="2026-11-20")
    change = asked(kind=Kind.MODIFY, target_no="0000139", price=70_100, quantity=0)
    Intent.objects.filter(pk=change.pk).update(state=State.ACCEPTED, target=first, quantity=10)
    Intent.objects.filter(pk=first.pk).update(state=State.REPLACED, state_at=timezone.now())
    stand(ready, power=1_410_000)
    AccountStanding.objects.update(asked_at=timezone.now() - timedelta(seconds=30))
    assert refused(asked(quantity=11)) == ["C19"]


def test_a_second_look_does_not_stand_in_its_own_way(ready, owner, asked):
    stand(ready, power=702_450)
    intent = asked()
    again = situation_of(ready, owner.user, intent.ticket, timezone.now(), again=intent)
    assert check(intent.ticket, again).passes
    late = situation_of(ready, owner.user, intent.ticket, timezone.now() + timedelta(seconds=6), again=intent)
    assert [one.code for one in check(intent.ticket, late).refusals] == ["C12"]


def test_o40_an_order_whose_environment_was_edited_by_hand_does_not_pass_a_second_look(ready, owner, ticket):
    """C04: a practice order made real in the table, or the reverse, is nobody's order."""
    intent = decide(ready, owner.user, ticket(), "edited-by-hand").intent
    Intent.objects.filter(pk=intent.pk).update(environment="live")
    intent.refresh_from_db()
    said = examining.examine(ready, owner.user, intent.ticket, timezone.now(), again=intent)
    assert "C04" in [one.code for one in said.refusals]
