"""Passwords: long rather than odd, hashed to cost something, and nothing given away about who is here."""

import ast
import re
import time
from pathlib import Path

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from argon2 import extract_parameters
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError

from kiwoomweb.access.models import User
from tests.access.identity import App
from tests.access.test_signing_in import sign_in
from tests.people import PASSWORD, Person, make_person
from tests.queue import run_later

POLICY = pytest.mark.security(24, "6.2.1", "6.2.4", "6.2.5", "6.2.9")
GUESSES = ["qwertyuiop123", "kiwoom1234567", "키움증권2026주식!", "KiwoomWeb-2026", "Password1234567"]


@POLICY
@pytest.mark.parametrize(
    "password",
    ["거북이는 오늘도 천천히 걷는다", "correct horse battery", "aaa bbb ccc d", "🐢" * 12, "xy" * 64],
)
def test_length_is_enough_in_any_alphabet(password):
    validate_password(password, User(email="minji@example.com"))


@pytest.mark.security("S-24", asvs=["6.2.11", "6.2.12"])
@POLICY
@pytest.mark.parametrize(
    "password",
    ["short", "elevenchars", "y" * 129, "123456789012", "minji@example.com", *GUESSES],
)
def test_what_everybody_tries_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(email="minji@example.com"))


@pytest.mark.security("S-24", asvs=["6.2.6", "6.2.7"])
@POLICY
def test_a_password_may_be_pasted_and_filled_in(visitor, db):
    page = visitor.get("/accounts/login/").content.decode()
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


@pytest.mark.security(70, "11.4.2")
def test_hashing_takes_memory_and_time():
    hasher = Argon2PasswordHasher()
    cost = extract_parameters(hasher.encode(PASSWORD, hasher.salt()).removeprefix("argon2"))
    assert cost.type.name == "ID"
    assert cost.memory_cost >= 19 * 1024
    assert cost.time_cost >= 2


def test_the_product_hashes_with_argon2_alone():
    source = Path(__file__).parents[2] / "kiwoomweb" / "settings.py"
    tree = ast.parse(source.read_text(encoding="utf-8"))
    found = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PASSWORD_HASHERS"
    ]
    assert found == [["django.contrib.auth.hashers.Argon2PasswordHasher"]]


@pytest.mark.security(29, "6.3.8")
def test_an_unknown_address_costs_a_hash_as_a_known_one_does(visitor, db, monkeypatch):
    make_person("Minji")
    hashed = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *said: hashed.append(1) or real(*said))
    costs = []
    for email in ("minji@example.com", "nobody@example.com"):
        hashed.clear()
        sign_in(Person(), "wrong password here", email)
        costs.append(len(hashed))
    assert costs == [1, 1]


@pytest.mark.security(29, "6.3.8")
def test_who_forgot_a_password_is_told_the_same_whoever_they_are(db, settings):
    settings.CAN_MAIL = True
    make_person("Minji")
    pages, tasks = [], []
    for email in ("minji@example.com", "nobody@example.com"):
        answer = Person().post("/accounts/password/reset/", {"email": email}, follow=True)
        pages.append(strip(answer.content.decode().replace(email, "")))
        tasks.append([(one.name, sorted(one.arguments)) for one in run_later()])
    assert pages[0] == pages[1]
    assert tasks[0] == tasks[1] == [("access.mail_new_password", ["site", "user_id"])]
    assert [letter.to for letter in mail.outbox] == [["minji@example.com"]]


def strip(page: str) -> str:
    """A page without what differs in every answer: nonces and tokens."""
    return re.sub(r'(nonce|csrfmiddlewaretoken|value|X-CSRFToken)[^ >]*|"[\w-]{20,}"', "", page)


@pytest.mark.security(38, "6.4.1", "6.4.3")
def test_a_new_password_by_mail_opens_nothing_without_the_factor(db, settings):
    settings.CAN_MAIL = True
    minji = make_person("Minji").user
    App(minji)
    visitor = Person()
    visitor.post("/accounts/password/reset/", {"email": minji.email})
    run_later()
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    form = visitor.get(link, follow=True)
    fresh = "거북이는 오늘도 천천히 걷는다"
    visitor.post(form.redirect_chain[-1][0], {"password1": fresh, "password2": fresh}, follow=True)
    assert visitor.get("/security/").status_code == 302
    assert sign_in(visitor, fresh)["Location"] == "/accounts/2fa/"


@pytest.mark.security(38, "6.4.1")
def test_the_link_dies_after_an_hour(db):
    minji = make_person("Minji").user
    token = default_token_generator.make_token(minji)
    assert default_token_generator.check_token(minji, token)
    with time_machine.travel(time.time() + 61 * 60):
        assert not default_token_generator.check_token(minji, token)
