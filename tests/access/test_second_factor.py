"""A second factor: the password alone does not open any more, and each code opens once."""

import pytest

from kiwoomweb.access.factors import keeping, totp
from kiwoomweb.access.models import AuditEntry, User
from tests.access.identity import App
from tests.access.test_signing_in import sign_in
from tests.people import PASSWORD, Person, make_person

STEP = "/accounts/2fa/"
pytestmark = pytest.mark.security(39, "6.3.3", "6.5.1")


@pytest.fixture
def minji(db) -> User:
    return make_person("Minji").user


@pytest.fixture
def owner(owner) -> Person:
    """Minji, who has been away from her desk."""
    owner.was_long_idle()
    return owner


@pytest.fixture
def app(minji) -> App:
    return App(minji)


def is_in(person: Person) -> bool:
    return person.get("/security/").status_code == 200


def test_the_right_password_leads_to_the_second_question_and_no_further(visitor, app):
    assert sign_in(visitor)["Location"] == STEP
    assert not is_in(visitor)
    assert "인증 앱의 코드" in visitor.get(STEP).content.decode()


def test_the_code_opens_and_the_session_gets_a_new_key(visitor, app):
    sign_in(visitor)
    half = visitor.browser.session.session_key
    assert visitor.post(STEP, {"prove_code": app.code()}).status_code == 302
    assert is_in(visitor)
    assert visitor.browser.session.session_key != half


def test_a_wrong_code_opens_nothing_and_is_written_down(visitor, app):
    sign_in(visitor)
    assert "코드가 맞지 않거나" in visitor.post(STEP, {"prove_code": "000000"}).content.decode()
    assert not is_in(visitor)
    assert AuditEntry.objects.filter(action="session.refused").exists()


def test_a_code_somebody_has_read_over_the_shoulder_is_used(visitor, app):
    code = app.code()
    for person, opened in ((visitor, True), (Person(), False)):
        sign_in(person)
        person.post(STEP, {"prove_code": code})
        assert is_in(person) is opened


def test_a_recovery_code_opens_once(visitor, minji, app):
    code = keeping.keep_codes(minji)[4]
    for person, opened in ((visitor, True), (Person(), False)):
        sign_in(person)
        person.post(STEP, {"prove_code": code.lower()})
        assert is_in(person) is opened
    assert keeping.codes_left(minji) == 9


def test_without_the_password_there_is_no_second_question(visitor, app):
    assert visitor.get(STEP)["Location"] == "/accounts/login/"
    assert visitor.post(STEP, {"prove_code": app.code()})["Location"] == "/accounts/login/"
    assert visitor.post("/accounts/2fa/lost/")["Location"] == "/accounts/login/"


@pytest.mark.security(28, "6.3.1")
def test_guessing_codes_is_stopped_after_five(visitor, app):
    sign_in(visitor)
    for _ in range(5):
        visitor.post(STEP, {"prove_code": "000000"})
    assert "5분 뒤에" in visitor.post(STEP, {"prove_code": app.code()}).content.decode()


@pytest.mark.security(31, "11.3.2")
def test_the_seed_lies_sealed_and_bound_to_its_person(minji, app):
    from allauth.mfa.models import Authenticator

    row = Authenticator.objects.get()
    assert app.secret not in str(row.data)
    stranger = make_person("Eve").user
    Authenticator.objects.create(user=stranger, type="totp", data=row.data)
    with pytest.raises(Exception, match="봉인"):
        keeping.took_code(stranger, app.code())


def test_an_app_is_set_up_by_its_first_code_and_recovery_codes_are_shown_once(owner):
    owner.post("/prove/", {"prove_password": PASSWORD})
    page = owner.get("/security/app/").content.decode()
    secret = page.partition('<code class="seed">')[2].partition("<")[0]
    assert secret not in str(dict(owner.browser.session.items()))
    assert "코드가 맞지 않습니다" in owner.post("/security/app/", {"code": "000000"}).content.decode()
    import time

    codes = owner.post("/security/app/", {"code": totp.code_of(secret, int(time.time() // 30))})
    assert codes.content.decode().count("<li><code>") == 10
    assert codes["Cache-Control"].startswith("max-age=0")
    overview = owner.get("/security/").content.decode()
    assert "10개 남음" in overview
    assert "비밀번호뿐입니다" not in overview


def test_a_factor_is_not_set_up_or_dropped_by_who_finds_the_desk_unattended(owner, app_of_owner):
    from allauth.mfa.models import Authenticator

    for path in ("/security/app/", "/security/passkey/"):
        assert owner.get(path)["Location"].startswith("/prove/")
    row = Authenticator.objects.get()
    assert "본인 확인" in owner.post(f"/security/factor/{row.pk}/drop/").content.decode()
    assert Authenticator.objects.filter(pk=row.pk).exists()
    owner.post("/prove/", {"prove_code": app_of_owner.code()})
    owner.post(f"/security/factor/{row.pk}/drop/")
    assert not Authenticator.objects.exists()


@pytest.fixture
def app_of_owner(owner) -> App:
    return App(owner.user)


def test_nobody_drops_somebody_elses_factor(stranger, owner, app_of_owner):
    from allauth.mfa.models import Authenticator

    stranger.post("/prove/", {"prove_password": PASSWORD})
    assert stranger.post(f"/security/factor/{Authenticator.objects.get().pk}/drop/").status_code == 404
