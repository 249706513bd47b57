"""Pages of ordering: strangers find nothing, who may only look is offered nothing, and stopping is one form."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from orders.models import Halt, Intent
from orders.selectors import history
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
