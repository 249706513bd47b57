"""A real order is proved by a passkey in its own dialog, for itself: the next one asks again (C03)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kiwoomweb.access.models import Account, Proof
from kiwoomweb.access.models.proof import Method
from kiwoomweb.access.roles import Role
from orders.models import Intent
from orders.services import examining
from orders.states import State
from tests.orders.limits.conftest import NOON, SHARE, switch_on
from tests.passkeys import make_passkey, sign_in_by_password
from tests.people import make_account, make_person

pytestmark = [pytest.mark.browser, pytest.mark.security(39, "6.3.3", "7.5.3")]


@pytest.fixture
def real(transactional_db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Account:
    """A real account of Minji and Jun, with trading on, at noon; the broker has just told everything."""
    from kiwoomweb.access.models import Team

    team = Team.objects.create(name="민지네")
    make_person("Minji", team, Role.OWNER)
    make_person("Jun", team, Role.APPROVER)
    account = make_account(team, "위탁", "5012344471", "live")
    switch_on(account)
    settings.VAR = tmp_path
    (tmp_path / "backup.done").touch()
    monkeypatch.setattr("kiwoomweb.access.broker_clock.now_at", lambda _environment: NOON)
    monkeypatch.setattr("kiwoomweb.access.broker_clock.skew_of", lambda _environment: timedelta())
    monkeypatch.setattr(examining, "prepare", lambda *_: None)
    for fresh in ("prices.FRESH", "sizes.STANDING_FRESH"):  # a slow browser is not the point here
        monkeypatch.setattr(f"orders.checking.{fresh}", timedelta(hours=1))
    return account


def fill_in(page: Any, account: Account, quantity: int) -> Any:
    """The ticket filled in and its dialog open; its last button."""
    page.goto(
        f"{page.site}/a/{account.code}/orders/new/?symbol={SHARE}&side=buy&price=70000&quantity={quantity}"
    )
    page.evaluate(
        """() => {
            const seen = { seen_price: 70000, seen_bid: 69900, seen_ask: 70000, seen_at: Date.now() }
            const form = document.querySelector(".ticket-form")
            for (const [name, value] of Object.entries(seen)) form.elements[name].value = value
        }"""
    )
    page.locator(".ticket-form [data-send]").click()
    dialog = page.locator("#order-dialog dialog")
    send = dialog.locator("[data-send]")
    expect(send).to_be_enabled()
    if (four := dialog.locator("[name=last_four]")).count():  # of the first real order of the day
        four.fill("4471")
    return send


def test_a_real_order_is_proved_by_a_passkey_in_its_own_dialog_and_the_next_one_again(
    laptop: Any, real: Account
) -> None:
    sign_in_by_password(laptop)
    make_passkey(laptop)
    fill_in(laptop, real, 10).click()
    question = laptop.get_by_role("dialog", name="본인 확인")
    expect(question.get_by_role("button", name="패스키로 확인")).to_be_visible()
    assert not Intent.objects.exists()
    question.get_by_role("button", name="패스키로 확인").click()
    # The first real order of an account wants a second person besides (C24).
    expect(laptop.locator("#order-dialog [aria-current=step]")).to_contain_text("승인")
    intent = Intent.objects.get()
    assert (intent.at, intent.quantity) == (State.PENDING_APPROVAL, 10), intent.verdict
    proof = Proof.objects.filter(account=real).latest("pk")
    assert (proof.method, proof.subject_hash) == (Method.PASSKEY, intent.ticket.subject)

    Intent.objects.update(made_at=timezone.now() - timedelta(seconds=5))  # one order a second (C17)
    fill_in(laptop, real, 11).click()
    question.get_by_role("button", name="닫기").click()
    expect(question).to_have_count(0)
    assert Intent.objects.count() == 1
