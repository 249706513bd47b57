"""The first user: one address, once, for whoever can read the server's files."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kiwoomweb.access.models import Membership, Team, User
from kiwoomweb.access.roles import Role
from kiwoomweb.access.services import first_user
from kiwoomweb.access.services.first_user import CodeSpent, Newcomer
from tests.people import Person, make_person

PASSWORD = "거북이는 오늘도 천천히 걷는다"
ANSWERS = {"email": "Minji@Example.com", "display_name": "민지", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def code(db, settings, tmp_path) -> str:
    settings.SETUP_CODE_FILE = tmp_path / "keys" / "setup.code"
    first_user.invite()
    return settings.SETUP_CODE_FILE.read_text()


def test_a_stranger_with_a_guessed_code_gets_a_clear_page_and_nothing_happens(visitor, code):
    for guess in ("x", code[:-1], code + "x", "한글"):
        for answer in (visitor.get(f"/setup/{guess}/"), visitor.post(f"/setup/{guess}/", ANSWERS)):
            assert answer.status_code == 404
            assert "쓸 수 없는 주소" in answer.content.decode()
    assert not User.objects.exists()


def test_the_code_lies_in_a_file_only_its_owner_may_read(code, settings):
    assert stat.S_IMODE(settings.SETUP_CODE_FILE.stat().st_mode) == 0o600
    assert len(code) >= 32


def test_a_start_makes_the_sealing_keys(code, ring_file):
    assert ring_file.exists()


def test_a_second_start_keeps_the_code(code, settings):
    first_user.invite()
    assert settings.SETUP_CODE_FILE.read_text() == code


def test_the_first_user_owns_a_team_is_signed_in_and_goes_on_to_connect(visitor, code, settings):
    answer = visitor.post(f"/setup/{code}/", ANSWERS)
    assert (answer.status_code, answer["Location"]) == (302, "/security/first/")
    user = User.objects.get()
    assert (user.email, str(user)) == ("minji@example.com", "민지")
    assert user.check_password(PASSWORD)
    assert Membership.objects.get(user=user).role == Role.OWNER
    assert not settings.SETUP_CODE_FILE.exists()
    assert visitor.get("/connect/").status_code == 200


def test_a_used_code_is_spent(visitor, code):
    visitor.post(f"/setup/{code}/", ANSWERS)
    again = Person().post(f"/setup/{code}/", ANSWERS | {"email": "late@example.com"})
    assert again.status_code == 404
    assert "로그인" in again.content.decode()
    assert User.objects.count() == 1


def test_once_there_is_a_user_a_leftover_code_opens_nothing_and_is_cleared(code, visitor, settings):
    make_person("Minji")
    assert visitor.get(f"/setup/{code}/").status_code == 404
    first_user.invite()
    assert not settings.SETUP_CODE_FILE.exists()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"password": "short", "again": "short"}, "12"),
        ({"password": "password1234", "again": "password1234"}, "비밀번호"),
        ({"again": "something else entirely"}, "두 비밀번호가 다릅니다"),
        ({"email": "not an address"}, "이메일"),
        ({"password": "minji@example.com", "again": "minji@example.com"}, "비밀번호"),
    ],
    ids=["short", "common", "different", "no address", "one's own name"],
)
def test_weak_or_wrong_answers_are_asked_again_and_the_code_stays_good(
    visitor, code, answers, sentence, caplog
):
    page = visitor.post(f"/setup/{code}/", ANSWERS | answers)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert PASSWORD not in page.content.decode()
    assert not User.objects.exists()
    assert visitor.post(f"/setup/{code}/", ANSWERS).status_code == 302
    assert code not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_the_first_user(code):
    def come(number: int) -> bool:
        try:
            first_user.welcome(code, Newcomer(f"user{number}@example.com", PASSWORD))
        except CodeSpent:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(come, range(6))) == [False] * 5 + [True]
    assert (User.objects.count(), Team.objects.count()) == (1, 1)


def test_when_making_the_user_fails_the_code_is_still_good(code, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(Membership.objects, "create", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            first_user.welcome(code, Newcomer("minji@example.com", PASSWORD))
    assert not User.objects.exists()
    assert first_user.fits(code)


def test_before_there_is_anybody_the_front_door_says_where_the_address_is(visitor):
    page = visitor.get("/")
    assert page.status_code == 200
    assert "터미널" in page.content.decode()


def test_a_newcomer_never_shows_the_password():
    assert PASSWORD not in repr(Newcomer("minji@example.com", PASSWORD))


@pytest.mark.parametrize(("host", "offered"), [("127.0.0.1", False), ("localhost", True)])
def test_a_second_lock_is_offered_and_skipping_it_says_what_it_costs(owner, host, offered):
    page = owner.get("/security/first/", headers={"host": host}).content.decode()
    assert ("/security/passkey/" in page) is offered
    assert "/security/app/" in page
    assert "비밀번호를 아는 사람은 누구든" in page
    assert 'href="/connect/"' in page
