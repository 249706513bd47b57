"""What halts an account by itself: each fires once, says why, and is told to who may halt (3.9, O-33)."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.errors import DeviceRefused, WrongEnvironment
from kiwoomweb.broker.market_calendar import sessions
from kiwoomweb.notices.models import Notice
from market.models import StreamLease, StreamLoss
from market.selectors.feed import feed_of
from market.services.feeding import went_live, went_lost
from market.services.leasing import claim, release
from orders.desk.round import Round
from orders.desk.running import Desk
from orders.models import AccountStanding, Command, DayLock, Halt, Intent
from orders.services import grounding, triggers
from orders.services.moving import IllegalMove
from orders.states import State
from orders.tickets import Kind
from tests.orders.desk.conftest import SHARE

pytestmark = pytest.mark.database


def halts(account: Account) -> list[str]:
    return list(Halt.objects.filter(account=account).order_by("pk").values_list("cause", flat=True))


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


# --- another program with our key ---------------------------------------------------------------------------


def test_f39_a_socket_taken_twice_in_five_minutes_halts_and_revokes_the_token(floor, monkeypatch) -> None:
    """R10001 once is a second window of one's own; twice somebody else may have the key."""
    revoked = []
    monkeypatch.setattr(floor.client, "revoke", lambda: revoked.append(1), raising=False)
    went_lost(floor.account.pk, "TakenOver", timezone.now() - timedelta(minutes=6))
    went_lost(floor.account.pk, "Unreachable", timezone.now())
    went_lost(floor.account.pk, "TakenOver", timezone.now())
    triggers.of_surroundings([floor.account])
    assert halts(floor.account) == []
    went_lost(floor.account.pk, "TakenOver", timezone.now())
    for _ in range(2):
        triggers.of_surroundings([floor.account])
        floor.go()
    assert halts(floor.account) == ["kicked"]
    assert revoked == [1]
    assert any("다른 프로그램" in text for text in told(floor.user))
    Halt.objects.update(released_at=timezone.now())
    triggers.of_surroundings([floor.account])
    assert halts(floor.account) == ["kicked"]  # what was looked at and let go of is not held against it again


def test_f21_keys_doubted_in_any_call_halt_the_account_and_the_token_is_worth_nothing_then(floor) -> None:
    """8010, 8040, 8050 in a question, not in an order: the halt and the revocation come all the same."""
    old = floor.client.token()
    triggers.of_surroundings([floor.account])
    assert halts(floor.account) == []
    kind = DeviceRefused.__name__
    Account.objects.filter(pk=floor.account.pk).update(trouble_kind=kind, trouble_since=timezone.now())
    floor.account.refresh_from_db()
    triggers.of_surroundings([floor.account])
    floor.go()
    assert halts(floor.account) == ["keys"]
    assert floor.client.token().text != old.text  # the broker has forgotten the old one (au10002)
    assert any("키를 의심해" in text for text in told(floor.user))


def test_f22_keys_of_another_kind_end_every_call_of_the_account(floor, monkeypatch) -> None:
    floor.broker.faults.add("refuse", tr="kt10000", code="8031")
    floor.placed()
    asked = []
    monkeypatch.setattr(floor.client, "_once", asked.append)
    later = floor.decide(floor.ticket(quantity=2))
    floor.go(3)
    later.refresh_from_db()
    assert halts(floor.account) == ["environment"]
    assert (later.at, asked) == (State.EXPIRED_LOCAL, [])
    assert triggers.code_of(WrongEnvironment("", code="8030")) == {"8030"}


def test_f21_8103_is_an_old_token_once_and_a_doubt_when_the_new_one_is_refused_too(floor) -> None:
    floor.broker.faults.add("refuse", tr="kt10000", code="8103")
    assert floor.placed().at is State.WORKING
    assert halts(floor.account) == []
    floor.broker.faults.add("refuse", tr="kt10000", code="8103", count=2)
    assert floor.placed(quantity=2).at is State.REJECTED
    assert halts(floor.account) == ["keys"]


# --- outcomes -----------------------------------------------------------------------------------------------


def test_o33_three_orders_in_doubt_in_ten_minutes_halt_the_account_once(floor) -> None:
    floor.broker.faults.add("reset_before", tr="kt10000", count=3)
    for number in range(3):
        assert halts(floor.account) == []
        Intent.objects.filter(state=State.UNKNOWN).update(state=State.NOT_PLACED)  # looked up and found absent
        assert floor.placed(quantity=number + 1).at is State.UNKNOWN
    triggers.watch(floor.account)
    assert halts(floor.account) == ["unknowns"]
    assert any("세 번" in text for text in told(floor.user))
    Halt.objects.update(released_at=timezone.now())
    triggers.watch(floor.account)
    assert halts(floor.account) == ["unknowns"]  # not held against it again


def test_o33_doubts_of_longer_ago_than_ten_minutes_do_not_count(floor) -> None:
    floor.broker.faults.add("reset_before", tr="kt10000", count=3)
    for number in range(3):
        Intent.objects.filter(state=State.UNKNOWN).update(state=State.NOT_PLACED)
        Command.objects.update(answered_at=timezone.now() - timedelta(minutes=10, seconds=1))
        floor.placed(quantity=number + 1)
    assert halts(floor.account) == []


def test_o33_five_refusals_in_a_minute_halt_the_account_once(floor) -> None:
    for number in range(5):
        assert halts(floor.account) == []
        assert floor.placed(quantity=number + 1, price=floor.low + 1).at is State.REJECTED
    triggers.watch(floor.account)
    assert halts(floor.account) == ["refusals"]
    assert any("다섯 번 거부" in text for text in told(floor.user))
    assert floor.placed(quantity=9).at is State.EXPIRED_LOCAL


def test_o33_an_order_of_ours_the_brokers_list_does_not_have_halts_the_account_once(floor) -> None:
    """3.7.1, step 10: the lane stays shut, the number is named, and nothing is taken back in the dark."""
    lost = floor.placed()
    Intent.objects.filter(pk=lost.pk).update(order_no="0009999")
    for _ in range(2):
        floor.round.opened = False
        floor.go()
    (halted,) = Halt.objects.filter(account=floor.account)
    assert (halted.cause, halted.cancels, "0009999" in halted.reason) == ("mismatch", False, True)
    floor.round.account.lane.refresh_from_db()
    assert (floor.round.account.lane.is_open, "0009999" in floor.round.account.lane.why) == (False, True)


def test_a_step_the_table_does_not_have_halts_the_account(floor, monkeypatch) -> None:
    """3.2: whoever takes it; not only what follows the broker's word."""

    def nonsense(_self) -> None:
        raise IllegalMove("place X: filled -> sending")

    monkeypatch.setattr(Round, "go", nonsense)
    desk = Desk(threading.Event())
    desk.post = floor.round.post
    desk._work(floor.account)
    (halted,) = Halt.objects.filter(account=floor.account)
    assert (halted.cause, halted.reason) == ("illegal_move", "place X: filled -> sending")


# --- orders that vanish -------------------------------------------------------------------------------------


def take_back_elsewhere(floor, *orders: Intent) -> None:
    for one in orders:
        floor.broker.call(
            lambda exchange, no=one.order_no: exchange.cancel(no, SHARE, 0, venue=Venue.KRX, channel="영웅문")
        )


def test_f38_orders_taken_back_in_one_breath_by_nobody_of_ours_halt_the_account(floor) -> None:
    """The exchange cancels everything: it is said, and nothing is entered again by itself."""
    first, second = floor.placed(quantity=1), floor.placed(quantity=2)
    take_back_elsewhere(floor, first, second)
    waiting = floor.decide(floor.ticket(quantity=4))
    floor.round.next_compare = 0.0
    floor.round._compare()
    for one in (first, second):
        one.refresh_from_db()
        assert (one.at, one.why_code) == (State.CANCELLED, triggers.ELSEWHERE)
    assert halts(floor.account) == ["mass_cancel"]
    floor.go()
    waiting.refresh_from_db()
    assert (waiting.at, waiting.why_code) == (State.EXPIRED_LOCAL, "halted")
    assert not Command.objects.filter(intent=waiting).exists()


def test_one_order_cancelled_in_the_other_terminal_and_those_we_cancel_ourselves_are_no_alarm(floor) -> None:
    first = floor.placed(quantity=1)
    take_back_elsewhere(floor, first)
    floor.go()
    first.refresh_from_db()
    assert (first.at, first.why_code) == (State.CANCELLED, triggers.ELSEWHERE)
    mine = [floor.placed(quantity=2), floor.placed(quantity=3)]
    for one in mine:
        floor.placed(kind=Kind.CANCEL, quantity=0, target_no=one.order_no)
    assert halts(floor.account) == []


def test_f38_an_own_cancellation_in_the_same_share_hides_no_mass_cancellation(floor) -> None:
    """We take one back, and of another a part; the broker takes all the rest."""
    mine, part, third = floor.placed(quantity=1), floor.placed(quantity=5), floor.placed(quantity=3)
    floor.placed(kind=Kind.CANCEL, quantity=0, target_no=mine.order_no)
    floor.placed(kind=Kind.CANCEL, quantity=2, target_no=part.order_no)
    take_back_elsewhere(floor, part, third)
    floor.round.next_compare = 0.0
    floor.round._compare()
    codes = {one.quantity: one.why_code for one in Intent.objects.filter(kind=Kind.PLACE)}
    assert codes == {1: "", 5: triggers.ELSEWHERE, 3: triggers.ELSEWHERE}
    assert halts(floor.account) == ["mass_cancel"]


def test_an_order_cancelled_by_a_number_it_had_before_a_change_is_ours(floor) -> None:
    first = floor.placed(quantity=4)
    changed = floor.placed(kind=Kind.MODIFY, quantity=0, price=floor.low + 100, target_no=first.order_no)
    floor.placed(kind=Kind.CANCEL, quantity=0, target_no=first.order_no)
    changed.refresh_from_db()
    assert (changed.at, changed.why_code) == (State.CANCELLED, "")


def test_what_the_end_of_a_session_does_is_no_mass_cancellation() -> None:
    day = sessions(timezone.now().date().replace(2026, 9, 15))
    assert triggers._is_midway(day.regular.opens + timedelta(hours=1))
    assert not triggers._is_midway(day.closes - timedelta(seconds=10))
    assert not triggers._is_midway(day.closes + timedelta(seconds=10))


# --- a deaf feed --------------------------------------------------------------------------------------------


def listening(floor, since: timedelta) -> None:
    now = timezone.now()
    claim(floor.account.pk, "stream", now)
    went_live(floor.account.pk, "stream", now - since)


def test_f40_while_orders_wait_and_the_socket_is_deaf_nothing_new_is_placed_until_it_has_settled(floor) -> None:
    listening(floor, timedelta(minutes=5))
    waits = floor.placed()
    StreamLease.objects.update(live_since=None, lost_at=timezone.now() - timedelta(seconds=31))
    held = floor.decide(floor.ticket(quantity=2))
    floor.go()
    held.refresh_from_db()
    floor.round.account.lane.refresh_from_db()
    assert (held.at, floor.round.account.lane.is_open) == (State.READY, False)
    assert "실시간" in floor.round.account.lane.why
    assert any("체결 소식을 받지 못합니다" in text for text in told(floor.user))
    listening_again = timezone.now() - timedelta(seconds=3)
    went_live(floor.account.pk, "stream", listening_again)
    floor.go()
    held.refresh_from_db()
    assert held.at is State.READY  # ten seconds first
    went_live(floor.account.pk, "stream", timezone.now() - timedelta(seconds=11))
    floor.go(2)
    floor.round.account.lane.refresh_from_db()
    assert floor.round.account.lane.is_open
    gone = floor.placed(kind=Kind.CANCEL, quantity=0, target_no=waits.order_no)
    assert gone.at is State.CONFIRMED


def test_a_deaf_feed_never_keeps_an_order_from_being_taken_back(floor) -> None:
    listening(floor, timedelta(minutes=5))
    waits = floor.placed()
    release(floor.account.pk, "stream", 1)
    StreamLease.objects.update(lost_at=timezone.now() - timedelta(minutes=1))
    assert floor.placed(kind=Kind.CANCEL, quantity=0, target_no=waits.order_no).at is State.CONFIRMED


def test_a_feed_is_live_while_its_holder_lives_and_settled_ten_seconds_later(floor) -> None:
    now = timezone.now()
    assert feed_of(floor.account.pk, now).deaf_for(now) == timedelta()  # nobody has ever listened
    listening(floor, timedelta(seconds=4))
    feed = feed_of(floor.account.pk, now)
    assert (feed.is_settled(now), feed.is_settled(now + timedelta(seconds=7))) == (False, True)
    late = now + timedelta(minutes=1)
    assert feed_of(floor.account.pk, late).deaf_for(late) > timedelta(seconds=30)  # the holder has died
    went_lost(floor.account.pk, "Unreachable", now)
    assert feed_of(floor.account.pk, now).deaf_since == now
    assert StreamLoss.objects.count() == 1


# --- the loss of a day --------------------------------------------------------------------------------------


def test_the_days_loss_shuts_the_day_by_itself_and_is_told_once(floor, monkeypatch) -> None:
    """From the broker's own figures, without an order to look at them."""
    row = AccountStanding(account=floor.account, asked_at=timezone.now(), power=0, assets=90_000_000)
    row.result = -9_000_000
    for _ in range(2):
        grounding._shut_if_lost(floor.account, row, floor.broker.clock.now().date())
    assert DayLock.objects.get().kind == DayLock.Kind.LOSS
    notice = Notice.objects.get(user=floor.user, kind="loss_limit")
    assert "-9,000,000원" in notice.text
    asked = []
    monkeypatch.setattr("orders.desk.round.refresh_standing", lambda account, _priority: asked.append(account))
    monkeypatch.setattr("orders.desk.round.limits_of", lambda *_: SimpleNamespace(trading=True))
    floor.round.next_figures = 0.0
    floor.go(2)
    assert len(asked) == 1


def test_an_order_says_which_tr_it_was(floor) -> None:
    first = floor.placed()
    floor.placed(kind=Kind.CANCEL, quantity=0, target_no=first.order_no)
    assert list(Command.objects.order_by("pk").values_list("tr", flat=True)) == ["kt10000", "kt10003"]
