"""Signing in and out, a forgotten password, and the patience with wrong ones."""

import pytest
from django.core import mail

from kiwoomweb.access.models import User
from tests.people import PASSWORD, Person, make_person
from tests.queue import run_later

LOGIN = "/accounts/login/"


@pytest.fixture
def minji(db) -> User:
    return make_person("Minji").user


def sign_in(person: Person, password: str = PASSWORD, email: str = "minji@example.com", **rest):
    return person.post(LOGIN, {"login": email, "password": password}, **rest)


@pytest.mark.parametrize(
    "path", ["/connect/", "/settings/", "/a/abcdefghjk/keys/", "/accounts/password/change/"]
)
def test_a_visitor_is_asked_to_sign_in_and_comes_back(visitor, path):
    page = visitor.get(path)
    assert page.status_code == 302
    assert page["Location"] == f"{LOGIN}?next={path}"


def test_nobody_signs_up(visitor):
    answers = {"email": "eve@example.com", "password1": PASSWORD, "password2": PASSWORD}
    for page in (visitor.get("/accounts/signup/"), visitor.post("/accounts/signup/", answers)):
        assert "초대" in page.content.decode()
    assert not User.objects.exists()


def test_the_right_password_opens_and_the_session_gets_a_new_name(visitor, minji):
    visitor.get(LOGIN)
    visitor.browser.session["seen"] = 1
    before = visitor.browser.session.session_key
    answer = sign_in(visitor)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert visitor.browser.session.session_key != before
    assert visitor.get("/connect/").status_code in {200, 403}


def test_the_address_is_the_same_in_any_case(visitor, minji):
    assert sign_in(visitor, email="MINJI@Example.COM").status_code == 302


def test_signing_in_leads_back_but_never_off_this_site(visitor, minji):
    assert visitor.post(f"{LOGIN}?next=https://evil.example/", {"login": minji.email, "password": PASSWORD})[
        "Location"
    ].startswith("/")
    visitor.post("/accounts/logout/")
    assert (
        visitor.post(LOGIN, {"login": minji.email, "password": PASSWORD, "next": "/settings/"})["Location"]
        == "/settings/"
    )


def test_a_wrong_password_and_an_unknown_address_say_the_same(visitor, minji):
    wrong = sign_in(visitor, password="wrong password here").content.decode()
    unknown = sign_in(visitor, email="nobody@example.com").content.decode()
    assert 'class="banner danger"' in wrong or "errorlist" in wrong
    assert wrong.replace("minji@", "x@").count("banner danger") == unknown.count("banner danger")
    for page in (wrong, unknown):
        assert "wrong password here" not in page
        assert PASSWORD not in page


def test_after_five_wrong_passwords_even_the_right_one_waits(visitor, minji):
    for _ in range(5):
        assert sign_in(visitor, password="wrong password here").status_code == 200
    late = sign_in(visitor)
    assert late.status_code in {200, 429}
    assert not visitor.browser.session.get("_auth_user_id")


def test_others_can_still_sign_in_meanwhile(visitor, minji):
    make_person("Jun")
    for _ in range(6):
        sign_in(visitor, password="wrong password here")
    assert sign_in(Person(), email="jun@example.com").status_code == 302


@pytest.mark.security("S-28", asvs=["4.1.3", "6.3.1"])
def test_a_machine_that_keeps_guessing_is_stopped_whatever_address_it_claims(visitor, minji):
    answers = [
        sign_in(
            visitor, "wrong password", f"user{n}@example.com", headers={"x-forwarded-for": f"203.0.113.{n}"}
        )
        for n in range(40)
    ]
    assert answers[-1].status_code == 429
    assert "5분" in answers[-1].content.decode()


def test_signing_out_takes_a_click_and_ends_the_session(owner):
    assert "나갈까요" in owner.get("/accounts/logout/").content.decode()
    assert owner.get("/connect/").status_code == 200
    assert owner.post("/accounts/logout/")["Location"] == LOGIN
    assert owner.get("/connect/").status_code == 302


def test_a_new_password_ends_other_sessions_and_keeps_this_one(owner):
    elsewhere = Person(owner.user)
    page = owner.get("/accounts/password/change/")
    assert page.status_code == 200
    fresh = "거북이는 오늘도 천천히 걷는다"
    answer = owner.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    )
    assert answer.status_code == 302
    assert owner.get("/connect/").status_code == 200
    assert elsewhere.get("/connect/").status_code == 302
    assert User.objects.get(pk=owner.user.pk).check_password(fresh)


def test_without_a_mail_server_nobody_waits_for_a_letter(visitor, minji):
    page = visitor.get("/accounts/password/reset/")
    assert "changepassword" in page.content.decode()
    assert visitor.post("/accounts/password/reset/", {"email": minji.email}).status_code == 200
    assert mail.outbox == []


def test_with_a_mail_server_a_forgotten_password_is_reset_by_a_link_that_works_once(visitor, minji, settings):
    settings.CAN_MAIL = True
    assert visitor.get("/accounts/password/reset/").status_code == 200
    assert (
        visitor.post("/accounts/password/reset/", {"email": minji.email})["Location"]
        == "/accounts/password/reset/done/"
    )
    assert "스팸함" in visitor.get("/accounts/password/reset/done/").content.decode()
    run_later()
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    assert mail.outbox[0].to == [minji.email]
    form = visitor.get(link, follow=True)
    fresh = "거북이는 오늘도 천천히 걷는다"
    done = visitor.post(form.redirect_chain[-1][0], {"password1": fresh, "password2": fresh}, follow=True)
    assert "비밀번호를 바꿨습니다" in done.content.decode()
    assert sign_in(Person(), password=fresh).status_code == 302
    assert "쓸 수 없는 주소" in Person().get(link, follow=True).content.decode()


def test_a_reset_says_nothing_about_who_is_here(visitor, minji, settings):
    settings.CAN_MAIL = True
    known = visitor.post("/accounts/password/reset/", {"email": minji.email})
    unknown = visitor.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_a_person_who_was_switched_off_is_out(owner):
    User.objects.filter(pk=owner.user.pk).update(is_active=False)
    assert owner.get("/connect/").status_code == 302
    assert sign_in(Person(), email=owner.user.email)["Location"] != "/"


@pytest.mark.parametrize(
    "path", ["/accounts/reauthenticate/", "/accounts/password/change/", "/accounts/inactive/"]
)
def test_the_librarys_other_pages_wear_our_look(owner, path):
    page = owner.get(path, follow=True).content.decode()
    assert 'class="plain-brand"' in page or 'class="top"' in page
