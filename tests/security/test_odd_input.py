"""Odd input on every page: doubled, mistyped, injected, encoded twice, endless. Nothing breaks."""

import logging
from typing import Any
from urllib.parse import urlencode

import pytest

from kiwoomweb.access.models import Account
from tests.people import Person
from tests.security.routes import ROUTES, address

NAMES = (
    "q", "page", "day", "from", "to", "first", "last", "start", "end", "month", "year", "week", "sort", "order",
    "symbol", "side", "tag", "setup", "period", "kind", "by", "next", "filter", "days", "basis", "unit", "part",
    "number", "person", "code", "account", "state", "before", "after", "limit", "size", "interval", "venue",
    "callback", "jsonp",
)  # fmt: skip
ODD = (
    "' OR 1=1 --", "1; DROP TABLE portfolio_trade", "{{7*7}}${7*7}", "%0d%0aX-Evil: 1", "\r\nX-Evil: 1",
    "%2527", "１２３", "1e309", "NaN", "-1", "9" * 20, "2026-02-30", "0001-01-01",
    "9999-12-31", "../../etc/passwd", "(a+)+$", "[", "%s%n", "\u202e", "e\u0301" * 40,
    "true", "[1]", "null", "a" * 3000,
)  # fmt: skip


@pytest.mark.security("S-55", asvs=["1.2.4", "1.2.5", "1.3.7", "1.3.10", "1.3.11", "1.2.9", "4.2.4"])
@pytest.mark.security("S-58", asvs=["15.3.5", "15.3.7", "1.5.3", "1.4.2"])
@pytest.mark.security("S-65", asvs=["1.1.1", "1.1.2", "1.2.2", "1.3.3"])
@pytest.mark.security("S-80", asvs=["3.5.6", "3.5.7"])
@pytest.mark.django_db
def test_no_page_breaks_or_believes_what_is_odd(owner: Person, account: Account) -> None:
    logging.getLogger("django.request").disabled = True
    owner.browser.raise_request_exception = False
    assert owner.get("/settings/?q=%00").status_code == owner.get("/a/x%00/").status_code == 400
    wrong: list[str] = []
    for turn, route in enumerate(route for route in ROUTES.values() if not route.path.startswith("ws/")):
        for at in range(2):
            said = [ODD[(turn * 2 + at * 12 + n) % len(ODD)] for n in range(len(NAMES))]
            asked = urlencode([*zip(NAMES, said, strict=True), *zip(NAMES, said[::-1], strict=True)])
            answer: Any = owner.get(f"{address(route.path, account.code, account.team.code, 1)}?{asked}")
            body = answer.getvalue() if answer.streaming else answer.content
            if answer.status_code >= 500 or b"49$49" in body or answer.headers.get("X-Evil"):
                wrong.append(f"{route.path} {answer.status_code} {said[:3]}")
            if "javascript" in answer.headers.get("Content-Type", ""):  # scripts are files, the same for all
                wrong.append(f"{route.path} answers with a script")
    logging.getLogger("django.request").disabled = False
    assert wrong == []
