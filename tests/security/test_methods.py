"""Every address takes the methods it names; and whatever a form brings, it is understood or refused."""

import logging
import re
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as live
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import resolve

from kiwoomweb.access.models import Account
from kiwoomweb.doors import every_route
from tests.people import Person
from tests.security.routes import ROUTES, address
from tests.security.test_matrix import undone
from tests.security.test_odd_input import ODD

THEIRS = ("allauth.",)
#: What people have sent under a name, as the source reads it.
READ = re.compile(
    r"""POST(?:\.get|\.getlist|\[|\.get\()?\(?\[?\s*["'](\w+)["']|^\s+(\w+) = forms\.\w+\(""", re.M
)


@pytest.mark.security("S-57", asvs=["4.1.4"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X" * 40])
def test_no_other_method_gets_as_far_as_a_view(method: str) -> None:
    for path in ("/accounts/login/", "/healthz", "/static/js/trusted.js", "/a/x/notes/x/save/", "/no/such/"):
        answer = Client().generic(method, path)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


@pytest.mark.security("S-57", asvs=["4.1.4"])
def test_every_view_of_ours_names_the_methods_it_takes() -> None:
    """Asked directly, by a method no view can know: the view says no before it looks at anything else."""
    silent = []
    for path, view in every_route():
        if path.startswith("ws/") or str(getattr(view, "__module__", "")).startswith(THEIRS):
            continue
        request = RequestFactory().generic("PROPFIND", "/")
        request.user = AnonymousUser()
        values = dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", path), "x")
        try:
            status = view(request, **values).status_code
        except Exception as trouble:
            status = type(trouble).__name__
        if status != 405:
            silent.append(f"{path}: {status}")
    assert silent == []


def names_read() -> list[str]:
    """Every name under which some form of ours is read."""
    found: set[str] = set()
    for package in ("kiwoomweb", "market", "orders", "portfolio"):
        for path in (Path(live.BASE_DIR) / package).rglob("*.py"):
            found |= {one or other for one, other in READ.findall(path.read_text(encoding="utf-8"))}
    return sorted(found)


def takes_forms(path: str) -> bool:
    """Whether the view of that address takes POST; what it would do is not tried here."""
    found, request = resolve(path), RequestFactory().post(path)
    request.user = AnonymousUser()
    try:
        return found.func(request, *found.args, **found.kwargs).status_code != 405
    except Exception:
        return True


def said_under(names: list[str], turn: int) -> str:
    """A form in which every name is filled with what is odd, twice."""
    said = [ODD[(turn * 5 + place * 7) % len(ODD)] for place in range(len(names))]
    return urlencode([*zip(names, said, strict=True), *zip(names, said[::-1], strict=True)])


@pytest.mark.security("S-57", asvs=["2.2.1", "2.2.2", "2.2.3", "15.3.7"])
@pytest.mark.security("S-58", asvs=["15.3.5", "15.3.7", "1.4.2"])
@pytest.mark.django_db
def test_no_form_breaks_on_what_it_did_not_expect(owner: Person, account: Account) -> None:
    """Each form with all names filled with what is odd, each name twice; and a file that is none."""
    logging.getLogger("django.request").disabled = True
    owner.browser.raise_request_exception = False
    cookies, names, wrong = owner.browser.cookies.output(header="", sep=";"), names_read(), []
    assert len(names) > 80
    forms = [said_under(names, turn) for turn in range(4)]
    for turn, route in enumerate(route for route in ROUTES.values() if not route.path.startswith("ws/")):
        path = address(route.path, account.code, account.team.code, 1)
        if not takes_forms(path):
            continue
        owner.browser.cookies = SimpleCookie(cookies)
        form: Any = forms[turn % len(forms)]
        if "files/" in path or "imports/" in path:
            form = {"file": SimpleUploadedFile("../x.html", b"<script>PK\x03\x04", "text/html")}
        kind = {} if isinstance(form, dict) else {"content_type": "application/x-www-form-urlencoded"}
        with undone():
            answer: Any = owner.post(path, form, **kind)
            body = answer.getvalue() if answer.streaming else answer.content
        if answer.status_code >= 500 or b"49$49" in body or answer.headers.get("X-Evil"):
            wrong.append(f"{path} {answer.status_code}")
        if "javascript" in answer.headers.get("Content-Type", ""):
            wrong.append(f"{path} answers with a script")
    logging.getLogger("django.request").disabled = False
    assert wrong == []
