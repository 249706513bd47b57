"""The kill switch: nothing new leaves, what is open is taken back, letting go takes second thoughts."""

import json
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from orders.desk.running import Desk
from orders.errors import MayNot
from orders.models import Command, Halt, Intent
from orders.services import halting, sending
from orders.services.halting import halt, release
from orders.states import State
from orders.tickets import Kind

pytestmark = pytest.mark.database


def open_there(floor) -> int:
    return len(floor.broker.call(lambda exchange: exchange.open_orders()))


def test_it_takes_back_what_is_open_the_largest_first(floor) -> None:
    halt(floor.account, floor.user, "지난 시험의 것")
    floor.go(3)
    Halt.objects.update(released_at=timezone.now())
    small, large = floor.placed(quantity=1), floor.placed(quantity=9)
    assert open_there(floor) == 2
    halt(floor.account, floor.user, "무서워서")
    floor.go(2)
    assert open_there(floor) == 0
    small.refresh_from_db()
    large.refresh_from_db()
    assert (small.at, large.at) == (State.CANCELLED, State.CANCELLED)
    backs = Intent.objects.filter(kind=Kind.CANCEL, origin="halt").order_by("commands__claimed_at")
    assert [one.target_no for one in backs][-2:] == [large.order_no, small.order_no]
    floor.round.account.lane.refresh_from_db()
    assert floor.round.account.lane.cleared_epoch == Halt.objects.latest("pk").pk


def test_what_waits_is_let_go_and_what_comes_after_does_not_leave(floor) -> None:
    waiting = floor.decide()
    before = Command.objects.count()
    halt(None, floor.user, "모두 정지")
    later = floor.decide(floor.ticket(quantity=2))
    floor.go()
    for one in (waiting, later):
        one.refresh_from_db()
        assert (one.at, one.why_code) == (State.EXPIRED_LOCAL, "halted")
    assert Command.objects.exclude(intent__kind=Kind.CANCEL).count() == before


def test_an_order_already_claimed_looks_once_more_before_its_first_byte(floor, monkeypatch) -> None:
    """Halted between the claim and the connection: the click counts, not the claim."""
    before = len(floor.at_broker())
    look = sending._last_look

    def halted_just_now(*parts) -> None:
        halt(floor.account, floor.user, "지금")
        look(*parts)

    monkeypatch.setattr(sending, "_last_look", halted_just_now)
    intent = floor.decide()
    floor.round._send(intent)
    intent.refresh_from_db()
    assert (intent.at, intent.why_code) == (State.NOT_SENT, "Withdrawn")
    assert len(floor.at_broker()) == before


def test_a_file_stops_it_too(floor, settings, tmp_path) -> None:
    settings.VAR = tmp_path
    intent = floor.decide()
    (tmp_path / "HALT").touch()
    floor.go()
    intent.refresh_from_db()
    assert intent.at is State.READY and not Command.objects.exists()


def test_the_file_takes_back_what_is_open_with_the_database_down_the_largest_first(
    floor, settings, tmp_path
) -> None:
    settings.VAR = tmp_path
    small, large = floor.placed(quantity=1), floor.placed(quantity=9)
    keys = Credentials(floor.broker.keys.app_key, floor.broker.keys.app_secret)
    shelf = {"tokens": MemoryTokenStore(), "pacer": Unpaced(), "environment": Environment.SIMULATOR}
    floor.round.spare = Client(keys, floor.broker.address, **shelf)
    (tmp_path / "HALT").touch()
    desk = Desk(threading.Event())
    desk.rounds = {floor.account.pk: floor.round}

    def look() -> None:
        desk.stop.set()
        raise OperationalError("the database is gone")

    desk.look = look
    with CaptureQueriesContext(connection) as asked:
        desk.run()
    assert (open_there(floor), len(asked)) == (0, 0)
    written = [json.loads(line)["about"] for line in (tmp_path / "audit.aside").read_text().splitlines()]
    assert written == [large.order_no, small.order_no]
    (tmp_path / "HALT").unlink()
    floor.round.next_compare = 0.0
    floor.go()
    for one in (small, large):  # the database is back: the broker's lists say what has become of them
        one.refresh_from_db()
        assert one.at is State.CANCELLED


def test_it_is_let_go_by_two_after_ten_minutes(floor, trader) -> None:
    made = halt(floor.account, floor.user, "정지")
    with pytest.raises(MayNot):
        release(floor.account, floor.user)
    Halt.objects.filter(pk=made.pk).update(at=timezone.now() - halting.COOL_DOWN)
    assert release(floor.account, floor.user) is False
    assert release(floor.account, floor.user) is False
    assert release(floor.account, trader.user) is True
    made.refresh_from_db()
    assert made.released_by == trader.user


def test_the_same_trigger_twice_is_one_halt(floor) -> None:
    first = halt(floor.account, None, "세 번", cause="unknowns")
    assert halt(floor.account, None, "세 번", cause="unknowns").pk == first.pk


def test_a_person_at_the_terminal_stops_one_account_or_all(floor, capsys) -> None:
    call_command("halt", "--account", floor.account.code, "--reason", "점검")
    call_command("halt", "--all")
    assert list(Halt.objects.order_by("pk").values_list("account", "cause")) == [
        (floor.account.pk, "command"),
        (None, "command"),
    ]
    Halt.objects.update(at=timezone.now() - timedelta(minutes=11))
    call_command("halt", "--release")
    assert Halt.objects.filter(released_at__isnull=True).get().account == floor.account


def test_a_broker_that_tells_no_list_does_not_keep_ours_from_being_taken_back(floor) -> None:
    intent = floor.placed()
    floor.broker.faults.add("status", status=503, tr="ka10075", count=50)
    halt(floor.account, floor.user, "목록이 없어도")
    floor.go()
    floor.broker.faults.clear()
    floor.go()
    intent.refresh_from_db()
    assert intent.at is State.CANCELLED


def test_a_lane_that_stays_shut_still_takes_back(floor) -> None:
    intent = floor.placed()
    floor.round.opened = False
    floor.round.next_try = float("inf")
    halt(floor.account, floor.user, "닫힌 채로")
    floor.round.go()
    assert Intent.objects.filter(kind=Kind.CANCEL, target_no=intent.order_no, order_no__gt="").exists()
