"""What holds for every request and answer, whatever it is for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import path

from kiwoomweb.access.hardening.rates import Buckets
from kiwoomweb.access.models import Account
from kiwoomweb.urls import urlpatterns as real
from tests.people import Person

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECRET = "words-of-a-traceback"


def breaks(request: Any) -> Any:
    raise RuntimeError(SECRET)


urlpatterns = [path("breaks/", breaks), *real]
handler400 = "kiwoomweb.ui.failures.misunderstood"
handler403 = "kiwoomweb.ui.failures.forbidden"
handler404 = "kiwoomweb.ui.failures.not_found"
handler500 = "kiwoomweb.ui.failures.broken"


def answers(owner: Person, account: Account) -> dict[str, Any]:
    """One of each kind: page, fragment, redirect, file, and every sort of refusal."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner.user)
    owner.browser.raise_request_exception = False
    return {
        "page": owner.get("/settings/"),
        "account": owner.get(f"/a/{account.code}/"),
        "login": Client().get("/accounts/login/"),
        "redirect": Client().get("/settings/"),
        "static": owner.get("/static/js/trusted.js"),
        "400": owner.get("/settings/", headers={"host": "evil.example"}),
        "403 csrf": strict.post("/language/", {"language": "ko"}),
        "403 foreign": owner.get("/settings/", headers={"sec-fetch-site": "cross-site"}),
        "404": owner.get("/no/such/page/"),
        "405": owner.get("/language/"),
        "500": owner.get("/breaks/"),
        "health": Client().get("/healthz"),
    }


@pytest.mark.security("S-67", asvs=["3.4.2"])
@pytest.mark.security("S-22", asvs=["3.4.4", "3.4.5", "3.4.8", "3.4.6", "3.5.8", "4.1.1", "14.3.2"])
@pytest.mark.security("S-21", asvs=["16.5.1", "13.4.6"])
@pytest.mark.urls(__name__)
def test_every_answer_carries_the_headers_and_no_refusal_tells_anything(
    owner: Person, account: Account, settings: Any
) -> None:
    found = answers(owner, account)
    for name, answer in found.items():
        missing = {key for key, value in EXPECTED.items() if answer.headers.get(key) != value}
        assert not missing, name
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "Access-Control-Allow-Origin" not in answer.headers, name
        if answer.headers.get("Content-Type", "").startswith("text/"):
            assert "charset=" in answer.headers["Content-Type"].lower(), name
        if name not in {"static", "health"}:
            assert "no-store" in answer.headers["Cache-Control"], name
    codes = {name: answer.status_code for name, answer in found.items() if name[:3].isdigit()}
    assert {name: code for name, code in codes.items() if not name.startswith(str(code))} == {}
    for name in codes:
        body = found[name].content.decode()
        telling = (SECRET, "Traceback", "Django", "kiwoomweb/", "SELECT", "site-packages", "CSRF verification")
        assert [word for word in telling if word in body] == [], name


@pytest.mark.security("S-22", asvs=["3.4.1"])
def test_under_https_browsers_are_told_to_stay_there(owner: Person, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 365 * 24 * 3600, True
    fresh = Client()
    fresh.force_login(owner.user)
    told = fresh.get("/settings/", secure=True)["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"


@pytest.mark.security("S-12", asvs=["3.4.3", "3.4.6", "3.4.7"])
def test_scripts_need_the_nonce_of_this_very_answer(visitor: Person) -> None:
    seen = set()
    for _turn in range(60):
        policy = visitor.get("/accounts/login/")["Content-Security-Policy"]
        parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
        assert parts["object-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
        assert (parts["require-trusted-types-for"], parts["trusted-types"]) == ("'script'", "default")
        allowed = parts["script-src"].split()
        assert allowed[0] == "'self'"
        assert len(allowed) == 2 and allowed[1].startswith("'nonce-")
        seen.add(allowed[1])
    assert len(seen) == 60
    assert all(len(nonce) >= 30 for nonce in seen)


@pytest.mark.security("S-07", asvs=["3.5.2"])
@pytest.mark.security("S-07", asvs=["3.5.1", "3.5.3"])
@pytest.mark.parametrize(
    ("method", "headers", "welcome"),
    [
        ("post", {}, True),
        ("post", {"origin": "http://testserver", "sec-fetch-site": "same-origin"}, True),
        ("post", {"origin": "null"}, False),
        ("post", {"origin": "http://evil.example"}, False),
        ("post", {"origin": "http://testserver:81"}, False),
        ("post", {"sec-fetch-site": "cross-site"}, False),
        ("post", {"sec-fetch-site": "same-site"}, False),
        ("put", {"sec-fetch-site": "cross-site"}, False),
        ("delete", {"origin": "https://testserver"}, False),
        ("get", {"sec-fetch-site": "same-origin"}, True),
        (
            "get",
            {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
            True,
        ),
        (
            "get",
            {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
            False,
        ),
        (
            "get",
            {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
            False,
        ),
        ("get", {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}, False),
    ],
)
def test_only_our_own_pages_may_ask_and_a_link_may_lead_here(
    method: str, headers: dict[str, str], welcome: bool, owner: Person
) -> None:
    target = "/language/" if method != "get" else "/settings/"
    rest = {"data": {"language": "ko"}} if method == "post" else {}
    answer = getattr(owner.browser, method)(target, headers=headers, **rest)
    assert (answer.status_code not in {403, 405}) == welcome


@pytest.mark.security("S-60", asvs=["2.4.1"])
def test_who_asks_too_often_waits_a_person_and_an_address_each_for_itself(
    owner: Person, viewer: Person, settings: Any
) -> None:
    settings.RATE_PERSON = settings.RATE_VISITOR = (3, 0.01)
    clients = {"owner": Client(), "viewer": Client(), "visitor": Client()}
    clients["owner"].force_login(owner.user)
    clients["viewer"].force_login(viewer.user)
    for client in clients.values():
        codes = [client.get("/settings/").status_code for _turn in range(4)]
        assert codes[-1] == 429 and 429 not in codes[:3]
    told = clients["owner"].get("/settings/")
    assert int(told["Retry-After"]) > 0
    assert "너무 잦아" in told.content.decode()


@pytest.mark.security("S-60", asvs=["2.4.1"])
def test_a_bucket_fills_again_and_many_callers_take_no_more_room() -> None:
    buckets = Buckets(most=2)
    assert [buckets.take("a", 2, 1.0, at) > 0 for at in (0, 0, 0, 1, 1)] == [False, False, True, False, True]
    for name in "bcd":
        buckets.take(name, 2, 1.0, 1)
    assert len(buckets._buckets) == 2
