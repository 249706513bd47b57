"""A lost factor: asked for with the password, allowed by an owner a day later, and the person can say no."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from kiwoomweb.access.models import AuditEntry, LostFactor
from kiwoomweb.access.signals import factor_changed
from tests.access.identity import App
from tests.access.test_signing_in import sign_in
from tests.people import PASSWORD, Person

pytestmark = pytest.mark.security(68, "6.4.2", "6.4.4", "6.5.6")
ASK = "/accounts/2fa/lost/"


@pytest.fixture
def owner(owner) -> Person:
    """Minji, who has been away from her desk."""
    owner.was_long_idle()
    return owner


@pytest.fixture
def app(trader) -> App:
    """Jun's."""
    return App(trader.user)


@pytest.fixture
def asked(visitor, app) -> LostFactor:
    """Jun has signed in with the password and said that the phone is gone."""
    sign_in(visitor, email="jun@example.com")
    assert "하루" in visitor.get(ASK).content.decode()
    assert "요청했습니다" in visitor.post(ASK).content.decode()
    return LostFactor.objects.get()


@pytest.fixture
def owner_at_the_desk(owner) -> Person:
    owner.post("/prove/", {"prove_password": PASSWORD})
    return owner


def a_day_passes(lost: LostFactor) -> None:
    LostFactor.objects.filter(pk=lost.pk).update(asked_at=timezone.now() - timedelta(hours=24, minutes=1))


def test_the_person_is_told_at_once_and_asking_twice_changes_nothing(visitor, app):
    heard = []

    def hear(what: str, **rest: object) -> None:
        heard.append(what)

    factor_changed.connect(hear)
    sign_in(visitor, email="jun@example.com")
    visitor.post(ASK)
    visitor.post(ASK)
    assert len(heard) == 1
    assert "잃어버렸다고" in heard[0]
    assert LostFactor.objects.count() == 1


def test_before_a_day_has_passed_even_the_owner_cannot(owner_at_the_desk, asked):
    page = owner_at_the_desk.post(f"/security/lost/{asked.pk}/lift/", follow=True).content.decode()
    assert "아직 이릅니다" in page
    assert Authenticator.objects.exists()


@pytest.mark.security("S-79", asvs=["6.5.6"])
def test_after_a_day_the_owner_lets_them_in_again(owner_at_the_desk, asked, trader):
    a_day_passes(asked)
    assert "jun@example.com" in owner_at_the_desk.get("/security/").content.decode()
    owner_at_the_desk.post(f"/security/lost/{asked.pk}/lift/")
    assert not Authenticator.objects.exists()
    jun = Person()
    assert sign_in(jun, email="jun@example.com")["Location"] == "/"
    assert AuditEntry.objects.filter(action="factor.lifted", user=owner_at_the_desk.user).exists()


@pytest.mark.parametrize("who", ["manager", "stranger", "viewer"])
def test_nobody_else_lets_them_in(request, who, asked):
    person = request.getfixturevalue(who)
    person.post("/prove/", {"prove_password": PASSWORD})
    a_day_passes(asked)
    assert person.post(f"/security/lost/{asked.pk}/lift/").status_code == 404
    assert Authenticator.objects.exists()


def test_an_unattended_desk_lets_nobody_in(owner, asked):
    a_day_passes(asked)
    assert "본인 확인" in owner.post(f"/security/lost/{asked.pk}/lift/").content.decode()
    assert Authenticator.objects.exists()


def test_coming_in_with_the_factor_calls_it_off(owner_at_the_desk, asked, app):
    jun = Person()
    sign_in(jun, email="jun@example.com")
    jun.post("/accounts/2fa/", {"prove_code": app.code()})
    a_day_passes(asked)
    assert owner_at_the_desk.post(f"/security/lost/{asked.pk}/lift/").status_code == 404


def test_the_person_says_that_it_was_not_them(owner_at_the_desk, asked, trader):
    assert "내가 아니거나" in trader.get("/security/").content.decode()
    trader.post("/security/lost/no/")
    a_day_passes(asked)
    assert owner_at_the_desk.post(f"/security/lost/{asked.pk}/lift/").status_code == 404


def test_an_owner_is_let_in_by_the_command_on_the_machine_alone(visitor, owner, manager):
    App(owner.user)
    sign_in(visitor)
    visitor.post(ASK)
    lost = LostFactor.objects.get()
    a_day_passes(lost)
    owner.post("/prove/", {"prove_password": PASSWORD})
    assert manager.post(f"/security/lost/{lost.pk}/lift/").status_code in {200, 404}
    assert Authenticator.objects.exists()
    said = StringIO()
    call_command("liftfactor", "Minji@example.com", stdout=said)
    assert "minji@example.com" in said.getvalue()
    assert not Authenticator.objects.exists()


def test_the_command_says_when_there_is_nothing_to_do(owner):
    for email in ("nobody@example.com", "minji@example.com"):
        with pytest.raises(CommandError, match=email):
            call_command("liftfactor", email)
