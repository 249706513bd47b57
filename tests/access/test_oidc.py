"""Signing in through an issuer: it vouches for people who are here, makes nobody, and replaces no factor."""

from urllib.parse import parse_qs, urlsplit

import pytest

from kiwoomweb.access.models import User
from tests.access.identity import App
from tests.access.issuer import Issuer, issuing
from tests.people import make_person

IN, BACK = "/accounts/oidc/sso/login/", "/accounts/oidc/sso/login/callback/"
pytestmark = pytest.mark.security(68, "6.6.2", "10.5.1")


@pytest.fixture
def minji(db) -> User:
    return make_person("Minji").user


@pytest.fixture
def issuer(settings) -> Issuer:
    with issuing() as issuer:
        providers = settings.SOCIALACCOUNT_PROVIDERS
        app = {**providers["openid_connect"]["APPS"][0], "settings": {"server_url": issuer.address}}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**providers["openid_connect"], "APPS": [app]}}
        yield issuer


def comes_by(issuer: Issuer, visitor, **claims):
    issuer.says = {"sub": "42", **claims}
    away = visitor.post(IN)
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert away["Location"].startswith(f"{issuer.address}/authorize?")
    assert asked["code_challenge_method"] == ["S256"]
    return visitor.get(BACK, {"code": "one", "state": asked["state"][0]})


def test_a_person_the_issuer_vouches_for_comes_in(visitor, minji, issuer):
    comes_by(issuer, visitor, email="Minji@Example.com", email_verified=True)
    assert visitor.get("/security/").status_code == 200
    assert issuer.asked[0]["code_verifier"]


def test_the_second_time_the_issuers_own_name_for_them_is_enough(visitor, minji, issuer):
    comes_by(issuer, visitor, email=minji.email, email_verified=True)
    visitor.post("/accounts/logout/")
    comes_by(issuer, visitor, email="minji.new@example.com", email_verified=True)
    assert visitor.get("/security/").status_code == 200


def test_their_second_factor_is_asked_for_all_the_same(visitor, minji, issuer):
    app = App(minji)
    assert comes_by(issuer, visitor, email=minji.email, email_verified=True)["Location"] == "/accounts/2fa/"
    assert visitor.get("/security/").status_code == 302
    visitor.post("/accounts/2fa/", {"prove_code": app.code()})
    assert visitor.get("/security/").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "minji@example.com", "email_verified": False},
        {"email": "minji@example.com"},
        {"email": "minji@example.com", "email_verified": "true "},
        {"email": "eve@example.com", "email_verified": True},
        {"email": "minji@example.com", "email_verified": True, "aud": "another-site"},
        {"email": "minji@example.com", "email_verified": True, "iss": "http://127.0.0.1:1"},
        {"email": "minji@example.com", "email_verified": True, "exp": 1},
    ],
)
def test_nobody_else_comes_in_and_nobody_is_made(visitor, minji, issuer, claims):
    comes_by(issuer, visitor, **claims)
    assert visitor.get("/security/").status_code == 302
    assert User.objects.count() == 1


def test_an_answer_nobody_asked_for_opens_nothing(visitor, minji, issuer):
    issuer.says = {"sub": "42", "email": minji.email, "email_verified": True}
    visitor.get(BACK, {"code": "one", "state": "made-up"})
    assert visitor.get("/security/").status_code == 302
    assert issuer.asked == []


def test_without_an_issuer_there_is_no_such_door(visitor, db, settings):
    settings.OIDC_URL = ""
    assert visitor.post(IN).status_code == 404
    assert visitor.get(BACK).status_code == 404


def test_a_link_does_not_sign_anybody_in(visitor, minji, issuer):
    assert visitor.get(IN).status_code == 405
