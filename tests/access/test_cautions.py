"""A day of waiting: on a new device or after a reset big things are locked; no owner is locked out for good."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from kiwoomweb.access.models import Account, AuditEntry, Caution, Handover, Membership
from kiwoomweb.access.roles import Role
from kiwoomweb.access.services.lost_factors import lift_by_hand
from kiwoomweb.access.services.new_ways import password_is_new
from orders.errors import MayNot
from orders.services import limiting
from tests.access.identity import App
from tests.access.test_signing_in import sign_in
from tests.people import PASSWORD, Person, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.security(79, "2.4.2", "6.3.5", "8.2.4")]

LOCKED = "잠겨 있습니다"


def comes_in(
    person: Person | None = None, address: str = "203.0.113.7", email: str = "minji@example.com"
) -> Person:
    person = person or Person()
    assert sign_in(person, email=email, REMOTE_ADDR=address).status_code == 302
    return person


@pytest.fixture
def desk(owner: Person) -> Person:
    """The browser Minji has always used."""
    return comes_in()


@pytest.fixture
def phone(desk: Person) -> Person:
    """A browser nobody has seen before, with her password."""
    return comes_in(address="198.51.100.4")


def later(**much: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**much), tick=False)


def doors(account: Account, team, other: Membership) -> dict[str, tuple[str, dict[str, str]]]:
    """What could do harm, and what is sent there."""
    return {
        "keys": (f"/a/{account.code}/keys/", {"app_key": "k" * 20, "app_secret": "s" * 20}),
        "hand over": (f"/a/{account.code}/hand-over/", {"email": "sora@example.com"}),
        "app": ("/security/app/", {}),
        "passkey": ("/security/passkey/", {}),
        "codes": ("/security/codes/", {}),
        "address": ("/security/email/", {"email": "thief@example.com"}),
        "invite": (f"/t/{team.code}/invite/", {"email": "thief@example.com", "role": str(Role.OWNER.value)}),
        "member": (f"/t/{team.code}/members/{other.pk}/", {"role": str(Role.OWNER.value)}),
    }


@pytest.mark.usefixtures("stranger")
def test_a_new_device_may_look_and_write_but_opens_no_dangerous_door_for_a_day(phone, desk, account, trader):
    other, team = Membership.objects.get(user=trader.user), account.team
    for name, (path, sent) in doors(account, team, other).items():
        answer = phone.post(path, sent)
        assert answer.status_code in {403, 422}, name
        assert LOCKED in answer.content.decode(), name
    assert not Handover.objects.exists()
    assert Membership.objects.get(pk=other.pk).role == Role.TRADER
    assert phone.get(f"/a/{account.code}/").status_code == 200
    assert phone.post(f"/a/{account.code}/keys/remove/").status_code == 302, "taking keys away is no harm"
    for name, (path, _sent) in doors(account, team, other).items():
        assert desk.get(path).status_code in {200, 405}, f"{name}: the known device is held back by nothing"
    assert AuditEntry.objects.filter(action="device.held").count() == 1
    with later(hours=24, minutes=1):
        again = comes_in(phone)
        assert again.get("/security/app/").status_code == 200


def test_the_page_says_until_when_and_what_to_do(phone):
    with time_machine.travel(timezone.now(), tick=False):
        page = phone.get("/security/app/").content.decode()
    until = timezone.localtime(Caution.objects.get().until)
    assert f"{until:%m-%d %H:%M}" in page and "내가 맞습니다" in page and "/security/" in page
    assert LOCKED in phone.get("/security/").content.decode()


def test_the_known_device_vouches_and_only_a_known_one(phone, desk):
    caution = Caution.objects.get()
    assert phone.post(f"/security/device/{caution.pk}/vouch/").status_code == 404
    stranger = make_person("Sora")
    assert stranger.post(f"/security/device/{caution.pk}/vouch/").status_code == 404
    assert "처음 보는 기기" in desk.get("/security/").content.decode()
    assert desk.post(f"/security/device/{caution.pk}/vouch/").status_code == 302
    assert phone.get("/security/app/").status_code == 200
    assert AuditEntry.objects.filter(action="device.vouched").count() == 1


def test_guests_who_come_every_hour_neither_lock_the_owner_out_nor_make_a_day_longer(phone, desk):
    first = Caution.objects.get()
    for hour in (1, 8, 20):
        with later(hours=hour):
            comes_in(phone, "198.51.100.4")
            comes_in(address=f"192.0.2.{hour}")
            assert comes_in(desk).get("/security/app/").status_code == 200
    with later(hours=24, minutes=1):
        assert comes_in(phone, "198.51.100.4").get("/security/app/").status_code == 200
    assert Caution.objects.get(pk=first.pk).until == first.until


def test_throwing_the_cookie_away_after_signing_in_changes_nothing(phone):
    del phone.browser.cookies["device"]
    assert phone.get("/security/app/").status_code == 403


def test_a_known_device_in_a_new_network_is_believed_with_a_second_factor(desk, owner, account):
    desk.post("/accounts/logout/")
    comes_in(desk, "198.51.100.4")
    assert desk.get(f"/a/{account.code}/hand-over/").status_code == 403
    assert desk.get("/security/app/").status_code == 200, (
        "who has no factor may always make one on a known device"
    )
    desk.post("/accounts/logout/")
    app = App(owner.user)
    Caution.objects.all().delete()
    sign_in(desk, email="minji@example.com", REMOTE_ADDR="192.0.2.77")
    assert desk.post("/accounts/2fa/", {"prove_code": app.code()}, REMOTE_ADDR="192.0.2.77").status_code == 302
    assert not Caution.objects.exists()


def test_after_a_reset_every_device_waits_a_day_but_not_who_has_a_second_factor(desk, owner, account, rf):
    request = rf.post("/")
    request.user, request.session = None, desk.browser.session
    password_is_new(owner.user, request, by_mail=True)
    again = comes_in(desk)
    assert again.get(f"/a/{account.code}/hand-over/").status_code == 403
    password_is_new(owner.user, request, by_mail=True)
    assert Caution.objects.count() == 1
    with later(hours=24, minutes=1):
        assert comes_in(desk).get(f"/a/{account.code}/hand-over/").status_code == 200
    Caution.objects.all().delete()
    App(owner.user)
    password_is_new(owner.user, request, by_mail=True)
    assert not Caution.objects.exists(), "the mailbox alone does not get in"


def test_who_was_let_in_without_their_factor_makes_a_new_one_at_once_and_waits_with_the_rest(
    desk, owner, account
):
    App(owner.user)
    lift_by_hand(owner.user)
    comes_in(desk)
    assert desk.get("/security/app/").status_code == 200
    assert desk.get(f"/a/{account.code}/hand-over/").status_code == 403


def test_on_a_real_account_trading_is_not_switched_on_from_a_new_device(
    phone, owner, live_account, monkeypatch, capsys
):
    monkeypatch.setattr(limiting, "proved_within", lambda *_, **__: True)
    monkeypatch.setattr("kiwoomweb.access.selectors.cautions.context", _Running(phone))
    with pytest.raises(MayNot, match=LOCKED):
        limiting.switch_on(live_account, owner.user, understood=True)
    call_command("vouch", "Minji@example.com")
    assert "풀었습니다" in capsys.readouterr().out
    with pytest.raises(MayNot, match="한도"):
        limiting.switch_on(live_account, owner.user, understood=True)
    with pytest.raises(CommandError, match="잠긴 것이 없습니다"):
        call_command("vouch", "minji@example.com")


class _Running:
    """The request that runs now, as the library keeps it."""

    def __init__(self, person: Person) -> None:
        self.request = type("Request", (), {"session": person.browser.session})()


def test_whoever_joins_by_invitation_is_listed_and_known_from_the_first_minute(db, owner, team):
    link = owner.post(f"/t/{team.code}/invite/", {"email": "nuri@example.com", "role": "10"}).content.decode()
    token = link.split("/join/")[1].split("/")[0]
    nuri = Person()
    nuri.post(f"/join/{token}/", {"display_name": "누리", "password": PASSWORD, "again": PASSWORD})
    page = nuri.get("/security/").content.decode()
    assert "지금 여기" in page
    assert LOCKED not in page
    assert nuri.get("/security/app/").status_code == 200
