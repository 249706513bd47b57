"""Halts of one member or one symbol: their orders stay and come back, everybody else's go on."""

import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from market.models import Instrument
from orders.desk.running import Desk
from orders.errors import MayNot, TooLate
from orders.models import Halt, Intent, Lane
from orders.selectors.stops import State as Stopped
from orders.selectors.stops import barred, state_of, stops_of
from orders.services import halting, sending
from orders.services.deciding import decide
from orders.services.halting import halt, release
from orders.services.taking_back import to_clear
from orders.states import State
from orders.tickets import Kind

pytestmark = pytest.mark.database

OTHER = "000660"


def of_other_share(floor) -> dict:
    at, market = floor.broker.clock.now(), floor.broker.simulator.exchange.market
    low = floor.broker.call(lambda _: market.grid(OTHER).limits(market.base(OTHER, at.date()))[0])
    return {"symbol": OTHER, "price": low}


def ended(*intents: Intent) -> list[State]:
    for one in intents:
        one.refresh_from_db()
    return [one.at for one in intents]


def test_a_stopped_symbol_is_taken_back_and_the_others_go_on(floor) -> None:
    stopped, kept = floor.placed(), floor.placed(**of_other_share(floor))
    waiting = floor.decide(floor.ticket(quantity=2))
    halt(floor.account, floor.user, "공시를 읽는 중", symbol="005930")
    floor.go(3)
    assert ended(stopped, waiting, kept)[:2] == [State.CANCELLED, State.EXPIRED_LOCAL]
    assert kept.at in {State.ACCEPTED, State.WORKING}
    assert to_clear(floor.account) is None and Lane.objects.get().cleared_narrow == [Halt.objects.get().pk]
    late, other = floor.decide(), floor.placed(**of_other_share(floor) | {"quantity": 1})
    floor.go()
    assert ended(late, other)[0] is State.READY  # the checks of this floor let all pass: the claim does not
    assert other.order_no


def test_a_stopped_member_is_taken_back_and_the_others_go_on(floor, trader) -> None:
    mine = floor.placed()
    theirs = decide(floor.account, trader.user, floor.ticket(quantity=2), "key-of-the-trader-1").intent
    floor.go()
    halt(floor.account, floor.user, "교육이 끝날 때까지", member=trader.user)
    floor.go(3)
    assert ended(mine, theirs)[1] is State.CANCELLED
    assert mine.at in {State.ACCEPTED, State.WORKING}
    late = decide(floor.account, trader.user, floor.ticket(quantity=4), "key-of-the-trader-2").intent
    also = floor.placed(quantity=5)
    assert ended(late, also)[0] is State.READY and also.order_no
    back = Intent.objects.get(kind=Kind.CANCEL, target_no=theirs.order_no)
    assert back.origin == "halt"
    cancel = floor.ticket(kind=Kind.CANCEL, quantity=0, price=None, target_no=also.order_no)
    own = decide(floor.account, trader.user, cancel, "key-of-the-trader-3").intent
    floor.go()
    assert ended(own, also)[1] is State.CANCELLED  # whoever is stopped may still take back


def test_it_is_looked_for_once_more_before_the_first_byte(floor, monkeypatch) -> None:
    look, before = sending._last_look, len(floor.at_broker())

    def halted_just_now(*parts) -> None:
        halt(floor.account, floor.user, "지금", symbol="005930")
        look(*parts)

    monkeypatch.setattr(sending, "_last_look", halted_just_now)
    intent = floor.decide()
    floor.round._send(intent)
    assert ended(intent) == [State.NOT_SENT] and len(floor.at_broker()) == before


def test_a_halt_of_all_does_not_make_a_narrow_one_forgotten(floor, trader) -> None:
    theirs = decide(floor.account, trader.user, floor.ticket(), "key-of-the-trader-9").intent
    floor.go()
    halt(floor.account, floor.user, "사람", member=trader.user)
    wide = halt(floor.account, floor.user, "모두")
    assert to_clear(floor.account) == wide
    floor.go(4)
    assert ended(theirs) == [State.CANCELLED] and to_clear(floor.account) is None
    assert Desk(threading.Event())._due() == [floor.account]  # the first look is at all
    Halt.objects.filter(pk=wide.pk).update(at=timezone.now() - halting.COOL_DOWN)
    assert release(floor.account, None) is True
    assert state_of(stops_of(floor.account)) is Stopped.ACTIVE
    assert barred(floor.account, trader.user, "005930") and not barred(floor.account, floor.user, "005930")


def test_it_is_let_go_by_two_and_not_by_whom_it_stops(floor, trader) -> None:
    made = halt(floor.account, floor.user, "잠시", member=trader.user)
    Halt.objects.update(at=timezone.now() - halting.COOL_DOWN)
    with pytest.raises(TooLate):
        release(floor.account, floor.user)
    with pytest.raises(MayNot):
        release(floor.account, trader.user, member=trader.user)
    assert release(floor.account, floor.user, member=trader.user) is False
    assert release(floor.account, None, member=trader.user) is True
    made.refresh_from_db()
    assert made.released_at is not None and not barred(floor.account, trader.user, "005930")


def test_a_person_at_the_terminal_stops_a_member_or_a_symbol(floor, trader) -> None:
    Instrument.objects.get_or_create(symbol="005930", defaults={"name": "삼성전자"})
    call_command("halt", "--account", floor.account.code, "--member", trader.user.email)
    call_command("halt", "--symbol", "005930")
    told = Halt.objects.order_by("pk").values_list("account", "member", "symbol", "cause")
    assert list(told) == [
        (floor.account.pk, trader.user.pk, "", "command"),
        (None, None, "005930", "command"),
    ]
    assert "005930" in barred(floor.account, floor.user, "005930") and stops_of(floor.account) == []
    for wrong in (("--member", "nobody@example.com"), ("--symbol", "999999")):
        with pytest.raises(CommandError):
            call_command("halt", *wrong)
    Halt.objects.update(at=timezone.now() - timedelta(minutes=11))
    call_command("halt", "--symbol", "005930", "--release")
    assert Halt.objects.get(released_at__isnull=True).member == trader.user
