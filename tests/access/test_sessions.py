"""Sessions: seen, ended one by one or all at once, and over by themselves."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.models import Session
from django.utils import timezone

from kiwoomweb.access.models import AuditEntry, Membership, Team, User
from kiwoomweb.access.roles import Role
from kiwoomweb.access.services import staying
from kiwoomweb.access.session_store import SessionStore
from market.guests import Guest, admit, unwelcome
from tests.access.test_signing_in import sign_in
from tests.people import PASSWORD, Person, make_account, make_person

FRESH = "거북이는 오늘도 천천히 걷는다"


@pytest.fixture(autouse=True)
def _nothing_written_yet() -> None:
    staying._written.clear()


@pytest.fixture
def minji(db) -> User:
    return make_person("Minji").user


@pytest.fixture
def desk(minji) -> Person:
    """Minji at her desk."""
    return _signed_in("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0")


@pytest.fixture
def phone(minji) -> Person:
    return _signed_in("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Safari/604.1")


def _signed_in(agent: str) -> Person:
    person = Person()
    assert sign_in(person, headers={"user-agent": agent}).status_code == 302
    return person


def is_in(person: Person) -> bool:
    return person.get("/security/").status_code == 200


def later(**ago: float):
    staying._written.clear()
    return time_machine.travel(timezone.now() + timedelta(**ago), tick=False)


def test_a_person_sees_where_they_are_signed_in(desk, phone):
    page = desk.get("/security/").content.decode()
    assert "Chrome · Windows" in page
    assert "Safari · iPhone" in page
    assert page.count("지금 여기") == 1


@pytest.mark.security(26, "7.4.5", "7.5.2")
def test_one_session_is_ended_and_the_other_goes_on(desk, phone):
    page = desk.get("/security/").content.decode()
    path = page.partition('action="/security/session/')[2].partition('"')[0]
    assert desk.post(f"/security/session/{path}").status_code == 302
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert AuditEntry.objects.filter(action="session.ended").exists()


@pytest.mark.security(26, "7.4.5")
def test_all_other_sessions_are_ended_at_once(desk, phone):
    desk.post("/security/sessions/end/")
    assert (is_in(desk), is_in(phone)) == (True, False)


def test_nobody_ends_somebody_elses_session(desk, stranger):
    from allauth.usersessions.models import UserSession

    assert stranger.post(f"/security/session/{UserSession.objects.first().pk}/end/").status_code == 404
    assert is_in(desk)


@pytest.mark.security(26, "7.4.3")
def test_a_new_password_ends_what_was_open_elsewhere(desk, phone):
    form = {"oldpassword": PASSWORD, "password1": FRESH, "password2": FRESH}
    assert desk.post("/accounts/password/change/", form).status_code == 302
    assert (is_in(desk), is_in(phone)) == (True, False)


@pytest.mark.security(25, "7.3.1")
def test_with_no_page_open_a_session_is_over_after_half_an_hour(desk):
    with later(minutes=29):
        assert is_in(desk)
    with later(minutes=58):
        assert is_in(desk)
    with later(minutes=58 + 31):
        assert not is_in(desk)


@pytest.mark.security(25, "7.3.2")
def test_however_busy_it_is_over_after_fourteen_hours(desk):
    for turn in range(1, 34):
        with later(minutes=25 * turn):
            assert is_in(desk)
    with later(hours=14, minutes=1):
        assert not is_in(desk)


def test_an_open_page_keeps_the_desk_signed_in(desk, minji):
    key = desk.browser.session.session_key
    for half in range(1, 4):
        with later(minutes=29 * half):
            staying.pages_open({key})
    with later(minutes=29 * 4):
        assert is_in(desk)


@pytest.mark.security(42, "7.4.1", "8.3.2")
def test_the_next_look_at_the_guests_sends_away_whose_session_was_ended(owner, account):
    here, there = (Person(owner.user) for _ in range(2))
    keys = [person.browser.session.session_key for person in (here, there)]
    guests = [Guest(owner.user.pk, account.pk, account.code, key, since=0, newest=0) for key in keys]
    assert unwelcome(guests) == set()
    there.get("/security/")
    Session.objects.filter(pk=keys[1]).delete()
    assert unwelcome(guests) == {guests[1]}


def test_an_open_page_goes_on_when_its_session_gets_a_new_key(desk, minji, account_of_desk):
    key = desk.browser.session.session_key
    guest = admit(minji, account_of_desk.code, desk.browser.session, None)
    desk.post("/prove/", {"prove_password": PASSWORD})
    assert desk.browser.session.session_key != key
    assert unwelcome([guest]) == set()
    desk.post("/accounts/logout/")
    assert unwelcome([guest]) == {guest}


@pytest.fixture
def account_of_desk(minji):
    team = Team.objects.create(name="민지네")
    Membership.objects.create(team=team, user=minji, role=Role.OWNER)
    return make_account(team)


def test_a_part_of_a_page_whose_session_is_over_leads_the_whole_page_to_the_way_in(visitor, db):
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/a/abc/pnl/?period=all"}
    answer = visitor.get("/security/", headers=headers)
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Fa%2Fabc%2Fpnl%2F%3Fperiod%3Dall"
    assert visitor.get("/security/")["Location"] == "/accounts/login/?next=/security/"


@pytest.mark.security(62, "14.3.1")
def test_leaving_clears_the_browser_and_the_list(desk):
    key = desk.browser.session.session_key
    answer = desk.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert not Session.objects.filter(pk=key).exists()
    assert not is_in(desk)


@pytest.mark.security(69, "7.2.1", "7.2.2", "7.2.3")
def test_session_keys_cannot_be_guessed(monkeypatch):
    monkeypatch.setattr(SessionStore, "exists", lambda self, key: False)
    keys = {SessionStore()._get_new_session_key() for _ in range(20_000)}
    assert len(keys) == 20_000
    assert {len(key) for key in keys} == {32}
    for place in range(32):
        assert {key[place] for key in keys} == set(VALID_KEY_CHARS)
