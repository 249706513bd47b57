"""What breaks says no: each check of who may, each check before an order, each seal, each call outside."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiwoomweb.access import sealing
from kiwoomweb.access.models import Account
from kiwoomweb.sockets import application
from orders import checking
from orders.errors import OrderError
from orders.models import Intent
from orders.services.deciding import decide
from tests.access.identity import App
from tests.access.test_second_factor import STEP, is_in
from tests.access.test_signing_in import sign_in
from tests.orders.checking.scene import BUY, CALM
from tests.orders.limits.conftest import ready, ticket
from tests.people import Person, make_person

__all__ = ["ready", "ticket"]

pytestmark = pytest.mark.security("S-75", asvs=["16.5.2", "16.5.3"])
WORDS = "words-of-a-broken-check"


def breaks(*_: Any, **__: Any) -> Any:
    raise RuntimeError(WORDS)


#: Each part of the door, and the page behind it.
DOORS = {
    "kiwoomweb.access.http.account_or_404": "/a/{code}/sync/",
    "kiwoomweb.access.http.rights_on": "/a/{code}/sync/",
    "kiwoomweb.access.selectors.accounts.rights_on": "/a/{code}/sync/",
    "kiwoomweb.access.http.membership_or_404": "/t/{team}/",
    "kiwoomweb.access.middleware.seeing_of": "/settings/",
    "kiwoomweb.access.hardening.origins._welcome": "/settings/",
    "kiwoomweb.access.hardening.tenancy.guard.Guard.look": "/a/{code}/sync/",
    "kiwoomweb.access.hardening.rates.Buckets.take": "/settings/",
    "kiwoomweb.access.services.stepping_up.proved_within": "/a/{code}/keys/",
}


@pytest.mark.security("S-37", asvs=["16.3.4"])
@pytest.mark.django_db
@pytest.mark.parametrize("part", DOORS)
def test_a_door_that_breaks_opens_for_nobody(
    part: str, owner: Person, account: Account, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    path = DOORS[part].format(code=account.code, team=account.team.code)
    assert owner.get(path).status_code == 200
    monkeypatch.setattr(part, breaks)
    owner.browser.raise_request_exception = False
    answer = owner.get(path)
    body = answer.content.decode()
    assert answer.status_code == 500
    assert [word for word in (account.name, account.number, account.team.name, WORDS) if word in body] == []
    assert [line for line in caplog.records if line.levelno >= logging.ERROR], "it is written down"


@pytest.mark.parametrize(
    "part", ["kiwoomweb.sockets.is_ours", "kiwoomweb.access.hardening.passes.is_good", "market.visit.guest_of"]
)
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("valkey")
async def test_a_socket_whose_door_breaks_is_not_opened(
    part: str, viewer: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.market.live import Page

    scope = Page(viewer.browser, account.code).socket.scope
    monkeypatch.setattr(part, breaks)
    said: list[str] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        said.append(message["type"])

    with pytest.raises(RuntimeError, match=WORDS):
        await application(scope, receive, send)
    assert "websocket.accept" not in said


@pytest.mark.parametrize("place", range(len(checking.CHECKS)))
def test_a_check_that_breaks_lets_no_order_pass(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """C01 to C25, one after the other, at a scene in which everything is allowed."""
    assert len(checking.CHECKS) == 25
    assert checking.check(BUY, CALM).passes
    broken = (*checking.CHECKS[:place], breaks, *checking.CHECKS[place + 1 :])
    monkeypatch.setattr(checking, "CHECKS", broken)
    with pytest.raises(RuntimeError):
        checking.check(BUY, CALM)


@pytest.mark.django_db
def test_of_an_order_whose_check_broke_nothing_is_kept(
    ready: Account, trader: Person, ticket: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = checking.CHECKS
    for place in (0, 12, 24):
        monkeypatch.setattr(checking, "CHECKS", (*checks[:place], breaks, *checks[place + 1 :]))
        with pytest.raises((RuntimeError, OrderError)):
            decide(ready, trader.user, ticket(), f"while-{place}-is-broken")
    assert not Intent.objects.exists()
    monkeypatch.setattr(checking, "CHECKS", checks)
    assert decide(ready, trader.user, ticket(), "all-is-well").intent.state == "ready"


def test_a_fact_nobody_told_is_no_pass() -> None:
    """Each part of the situation missing: unknown is refused, never taken for good."""
    unknown = {
        "limits": None,
        "traded": None,
        "hours": None,
        "quote": None,
        "standing": None,
        "lane_open": None,
    }
    said = {name: checking.check(BUY, replace(CALM, **{name: value})).passes for name, value in unknown.items()}
    assert said == dict.fromkeys(unknown, False)


@pytest.mark.django_db
def test_a_seal_that_does_not_open_lets_nobody_in_and_sends_nothing(
    visitor: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = App(make_person("Minji").user)
    sign_in(visitor)
    code = app.code()
    visitor.browser.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(sealing, "unseal", breaks)
        assert visitor.post(STEP, {"prove_code": code}).status_code == 500
        assert not is_in(visitor)
    assert visitor.post(STEP, {"prove_code": code}).status_code == 302, "the code was not used up"
    assert is_in(visitor)


@pytest.mark.django_db
def test_an_issuer_nobody_reaches_vouches_for_nobody(visitor: Person) -> None:
    make_person("Minji")
    visitor.browser.raise_request_exception = False
    for answer in (
        visitor.post("/accounts/oidc/sso/login/"),
        visitor.get("/accounts/oidc/sso/login/callback/", {"code": "x", "state": "x"}),
    ):
        assert WORDS not in answer.content.decode()
        assert not is_in(visitor)
