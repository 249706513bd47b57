"""Step-up: a dangerous door asks again who is there, and only a fresh proof of this session opens it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kiwoomweb.access.factors import keeping
from kiwoomweb.access.models import Proof
from kiwoomweb.access.models.proof import Method
from kiwoomweb.access.selectors.proofs import proved_within
from kiwoomweb.access.services.proving import spend
from tests.access.identity import App
from tests.people import PASSWORD, Person

pytestmark = [pytest.mark.security(14, "7.5.3"), pytest.mark.urls("tests.access.door_urls")]


@pytest.fixture
def owner(owner) -> Person:
    """Minji, who has been away from her desk."""
    owner.was_long_idle()
    return owner


@pytest.fixture
def app(owner) -> App:
    return App(owner.user)


def asked(person: Person, path: str = "/danger/"):
    return person.get(path, follow=True).content.decode()


def test_a_visitor_is_sent_to_sign_in_not_asked(visitor):
    assert visitor.get("/danger/")["Location"].startswith("/accounts/login/")
    assert visitor.get("/prove/")["Location"].startswith("/accounts/login/")


def test_the_door_asks_and_leads_back(owner):
    assert owner.get("/danger/")["Location"] == "/prove/?next=%2Fdanger%2F"
    assert 'name="prove_password"' in asked(owner)
    answer = owner.post("/prove/", {"prove_password": PASSWORD, "next": "/danger/"})
    assert answer["Location"] == "/danger/"
    assert asked(owner) == "opened"


def test_a_wrong_password_opens_nothing_and_says_so(owner):
    page = owner.post("/prove/", {"prove_password": "wrong password here", "next": "/danger/"})
    assert "비밀번호가 맞지 않습니다" in page.content.decode()
    assert "opened" not in asked(owner)


@pytest.mark.security(23, "7.2.4")
def test_the_session_gets_a_new_key_and_the_old_one_is_dead(owner):
    old = owner.browser.cookies["sessionid"].value
    owner.post("/prove/", {"prove_password": PASSWORD})
    assert owner.browser.cookies["sessionid"].value != old
    owner.browser.cookies["sessionid"] = old
    assert owner.get("/danger/")["Location"].startswith("/accounts/login/")


def test_a_proof_grows_old_in_five_minutes(owner):
    owner.post("/prove/", {"prove_password": PASSWORD})
    Proof.objects.update(at=timezone.now() - timedelta(seconds=301))
    assert "opened" not in asked(owner)


def test_a_proof_of_another_session_is_none_of_this_one(owner):
    elsewhere = Person(owner.user)
    elsewhere.was_long_idle()
    elsewhere.post("/prove/", {"prove_password": PASSWORD})
    assert asked(elsewhere) == "opened"
    assert "opened" not in asked(owner)


def test_who_has_an_app_is_not_believed_for_the_password(owner, app):
    assert 'name="prove_password"' not in asked(owner)
    page = owner.post("/prove/", {"prove_password": PASSWORD}).content.decode()
    assert "인증 앱의 코드나 패스키" in page
    owner.post("/prove/", {"prove_code": app.code()})
    assert asked(owner) == "opened"
    assert asked(owner, "/great-danger/") == "opened"


@pytest.mark.security(39, "6.5.1")
def test_a_code_proves_once(owner, app):
    code = app.code()
    assert owner.post("/prove/", {"prove_code": code}).status_code == 302
    assert "이미 쓴 코드" in owner.post("/prove/", {"prove_code": code}).content.decode()


@pytest.mark.security(39, "6.5.2")
def test_a_recovery_code_opens_a_door_once_but_no_great_one(owner, app):
    code = keeping.keep_codes(owner.user)[0]
    owner.post("/prove/", {"prove_code": code})
    assert asked(owner) == "opened"
    assert "opened" not in asked(owner, "/great-danger/")
    assert "이미 쓴 코드" in owner.post("/prove/", {"prove_code": code}).content.decode()
    assert keeping.codes_left(owner.user) == 9


def test_without_a_factor_a_great_door_says_what_is_missing(owner):
    page = asked(owner, "/great-danger/")
    assert "인증 앱이나 패스키가 있어야" in page
    assert "prove_password" not in page


def test_a_form_on_its_way_is_not_lost(owner):
    form = {"amount": "1200000", "next": "theirs", "app_secret": "canary-x1"}
    page = owner.post("/danger/", form).content.decode()
    assert '<input type="hidden" name="brought:amount" value="1200000">' in page
    assert "canary-x1" not in page
    answer = {"next": "/danger/", "form": "1", "brought:amount": "1200000", "brought:next": "theirs"}
    wrong = owner.post("/prove/", {**answer, "prove_password": "wrong password here"}).content.decode()
    assert '<input type="hidden" name="brought:amount" value="1200000">' in wrong
    right = owner.post("/prove/", {**answer, "prove_password": PASSWORD}).content.decode()
    assert 'action="/danger/"' in right
    for field in ('name="amount" value="1200000"', 'name="next" value="theirs"'):
        assert f'<input type="hidden" {field}>' in right
    assert owner.post("/danger/", {"amount": "1200000"}).content == b"opened 1200000"


def test_a_proof_for_one_account_opens_that_account_alone(owner, account, live_account):
    mark = Proof.objects.create(
        user=owner.user, session_hash="s", method=Method.TOTP, at=timezone.now(), account=account
    )
    assert proved_within(owner.user, account=account, session_hash="s", strong=True) == mark
    assert proved_within(owner.user, account=live_account, session_hash="s", strong=True) is None
    assert proved_within(owner.user, session_hash="s", strong=True) is None


def test_htmx_gets_a_dialog_and_is_told_to_go_on(owner):
    dialog = owner.post("/danger/", {"amount": "1"}, headers={"hx-request": "true"})
    assert dialog["X-Prove"] == "1"
    assert "<prove-dialog>" in dialog.content.decode()
    done = owner.post("/prove/", {"prove_password": PASSWORD}, headers={"hx-request": "true"})
    assert (done.status_code, done["HX-Trigger"]) == (204, "proved")


@pytest.mark.security(67, "3.7.2")
@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_off_this_site(owner, address):
    assert owner.post("/prove/", {"prove_password": PASSWORD, "next": address})["Location"] == "/"


@pytest.mark.security(28, "6.3.1")
def test_guessing_is_slowed_down_and_time_heals(owner):
    for _ in range(10):
        owner.post("/prove/", {"prove_password": "wrong password here"})
    assert "5분 뒤에" in owner.post("/prove/", {"prove_password": PASSWORD}).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert owner.post("/prove/", {"prove_password": PASSWORD}).status_code == 302


def test_a_proof_for_one_intent_is_none_for_another_and_is_spent_once(owner, account, live_account):
    for_this = Proof.objects.create(
        user=owner.user, session_hash="s", method=Method.PASSKEY, at=timezone.now(), account=account,
        subject_hash="a" * 64,
    )  # fmt: skip
    kind = {"account": account, "strong": True}
    assert proved_within(owner.user, **kind, subject_hash="a" * 64) == for_this
    assert proved_within(owner.user, **kind, subject_hash="b" * 64) is None
    assert proved_within(owner.user, account=live_account, strong=True, subject_hash="a" * 64) is None
    assert proved_within(owner.user, strong=True, session_hash="s") is None
    assert (spend(for_this), spend(for_this)) == (True, False)
    assert proved_within(owner.user, **kind, subject_hash="a" * 64) is None
