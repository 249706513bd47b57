"""Pages of ordering: strangers find nothing, who may only look is offered nothing, and stopping is one form."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from market.models import Instrument
from orders.models import Halt, Intent, Order
from orders.selectors import history
from orders.selectors.halts import COOL_DOWN
from orders.states import State
from tests.people import Person

pytestmark = pytest.mark.django_db

PAGES = ("", "new/?symbol=005930", "history/", "approvals/", "waiting/", "exits/", "halts/")
TICKET = {"kind": "place", "symbol": "005930", "side": "buy", "quantity": "10", "price": "71200"}


def test_a_stranger_finds_no_such_account(stranger: Person, account: Account) -> None:
    for page in PAGES:
        assert stranger.get(f"/a/{account.code}/orders/{page}").status_code == 404
    for act in ("confirm", "decide", "preview", "halt", "release", "exits/set"):
        assert stranger.post(f"/a/{account.code}/orders/{act}/", TICKET).status_code == 404
    assert not Intent.objects.exists()
    assert not Halt.objects.exists()


def test_a_viewer_sees_orders_and_can_neither_give_nor_stop_any(viewer: Person, account: Account) -> None:
    assert viewer.get(f"/a/{account.code}/orders/").status_code == 200
    assert "<kill-switch" not in viewer.get(f"/a/{account.code}/orders/").content.decode()
    for act in ("confirm", "decide", "halt"):
        assert viewer.post(f"/a/{account.code}/orders/{act}/", TICKET).status_code == 404


def test_who_has_no_keys_is_told_so_and_nothing_is_sent(trader: Person, account: Account) -> None:
    reply = trader.post(f"/a/{account.code}/orders/decide/", {**TICKET, "key": "0" * 36})
    assert reply.status_code == 200
    assert [intent.state for intent in Intent.objects.all()] == ["denied"]


def test_without_a_key_nothing_is_recorded(trader: Person, account: Account) -> None:
    assert trader.post(f"/a/{account.code}/orders/decide/", TICKET).status_code == 400
    assert not Intent.objects.exists()


def test_the_same_key_again_gets_the_first_answer_and_another_order_under_it_none(
    trader: Person, account: Account
) -> None:
    address, key = f"/a/{account.code}/orders/decide/", {"key": "k" * 36}
    trader.post(address, {**TICKET, **key})
    assert trader.post(address, {**TICKET, **key})["Idempotent-Replayed"] == "true"
    assert trader.post(address, {**TICKET, **key, "quantity": "11"}).status_code == 409
    assert Intent.objects.count() == 1


def test_stopping_is_one_form_and_every_page_says_so(trader: Person, account: Account) -> None:
    trader.post(f"/a/{account.code}/orders/halt/", {"reason": "시세가 이상합니다"})
    assert Halt.objects.get().reason == "시세가 이상합니다"
    assert "시세가 이상합니다" in trader.get(f"/a/{account.code}/orders/history/").content.decode()


def test_the_history_can_be_taken_away(trader: Person, account: Account) -> None:
    trader.post(f"/a/{account.code}/orders/decide/", {**TICKET, "key": "h" * 36})
    lines = b"".join(trader.get(f"/a/{account.code}/orders/history.csv?span=week").streaming_content).decode()
    assert "005930" in lines
    assert "보내지 않음" in lines


def test_an_order_that_never_left_is_told_by_the_brokers_clock(
    trader: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The practice market has a day of its own; what was refused here stands among the orders of that day."""
    there = timezone.now().astimezone(SEOUL) - timedelta(days=40, hours=5)
    monkeypatch.setattr(history, "broker_now", lambda _: there)
    trader.post(f"/a/{account.code}/orders/decide/", {**TICKET, "key": "c" * 36})
    (found,) = history.past_orders(account, there.date(), there.date())
    assert found.at is not None and abs(found.at - there) < timedelta(minutes=1)


def test_who_may_not_approve_is_offered_no_answer(
    viewer: Person, trader: Person, manager: Person, account: Account
) -> None:
    """Neither a viewer nor whoever asked; on the page of the order no more than among the approvals."""
    trader.post(f"/a/{account.code}/orders/decide/", {**TICKET, "key": "a" * 36})
    Intent.objects.update(state="pending_approval", expires_at=timezone.now() + timedelta(minutes=5))
    pages = ("approvals/", f"i/{Intent.objects.get().code}/")
    for person, offered in ((viewer, False), (trader, False), (manager, True)):
        for page in pages:
            told = person.get(f"/a/{account.code}/orders/{page}").content.decode()
            assert ("승인하고 보내기" in told) is offered, (person.user, page)


def test_one_member_or_one_symbol_is_stopped_by_a_form_and_shown_where_it_is_let_go(
    owner: Person, trader: Person, viewer: Person, account: Account
) -> None:
    Instrument.objects.get_or_create(symbol="005930", defaults={"name": "삼성전자"})
    address, narrow = f"/a/{account.code}/orders/halt/", {"scope": "narrow", "reason": "공시를 읽는 중"}
    for wrong in (
        {},
        {"symbol": "999999"},
        {"member": "999999"},
        {"symbol": "005930", "member": trader.user.pk},
    ):
        assert owner.post(address, narrow | wrong).status_code == 302
    assert viewer.post(address, narrow | {"symbol": "005930"}).status_code == 404
    assert not Halt.objects.exists()
    owner.post(address, narrow | {"symbol": " 005930 "})
    owner.post(address, narrow | {"member": trader.user.pk})
    assert list(Halt.objects.order_by("pk").values_list("symbol", "member")) == [
        ("005930", None),
        ("", trader.user.pk),
    ]
    desk = owner.get(f"/a/{account.code}/orders/").content.decode()
    assert "005930 삼성전자" in desk and desk.count('name="halt"') == 2
    assert "005930 삼성전자" in owner.get(f"/a/{account.code}/limits/").content.decode()
    trader.post(f"/a/{account.code}/orders/decide/", {**TICKET, "key": "n" * 36})
    intent = Intent.objects.get()
    assert (intent.state, intent.why_code) == ("denied", "C01")
    first = Halt.objects.earliest("pk")
    Halt.objects.filter(pk=first.pk).update(at=timezone.now() - COOL_DOWN)
    for person in (owner, trader):
        person.post(f"/a/{account.code}/orders/release/", {"halt": str(first.pk)})
    first.refresh_from_db()
    assert first.released_at is not None and Halt.objects.filter(released_at__isnull=True).count() == 1


def test_an_order_of_another_terminal_on_a_past_day_is_told_as_it_ended(account: Account) -> None:
    """The list of a past day calls every order 접수, whether it was filled or ran out."""
    today = timezone.now().astimezone(SEOUL)
    for days, number, filled in ((1, "0000001", 30), (1, "0000002", 0), (0, "0000003", 30), (0, "0000004", 0)):
        at = today - timedelta(days=days)
        Order.objects.create(
            account=account,
            day=at.date(),
            recorded_at=at,
            source="kt00007",
            order_no=number,
            symbol="005930",
            side="buy",
            label="현금매수",
            status="접수",
            quantity=30,
            filled=filled,
            remaining=30 - filled,
            price=70_000,
            venue="KRX",
            placed_at=at,
        )
    found = history.past_orders(account, today.date() - timedelta(days=1), today.date())
    assert {one.order_no[-1]: one.state for one in found} == {
        "1": State.FILLED,
        "2": State.EXPIRED,
        "3": State.FILLED,
        "4": None,
    }
