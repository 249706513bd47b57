"""The matrix: every address, method and socket x everybody. What is expected stands in the two tables."""

import logging
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction

from tests.security.routes import RIGHTS, ROUTES, Route, address, declared
from tests.security.two_teams import MARK, THEIRS, TwoTeams, two_teams

WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
#: What a refused request may write: that it was refused, and the session's own row.
TRACES = {"access_auditentry", "access_auditchain", "django_session", "usersessions_usersession"}
#: What looking may write besides, and why.
LOOKING = {
    "account_emailaddress": "the library's list of one's own addresses, made when first looked at",
    "notices_channel": "one's own address as the first way to be told, made when first looked at",
}
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")


def test_every_address_is_in_the_table_and_says_of_itself_what_the_table_says() -> None:
    """A new address fails here until it is written down in ``routes.tsv``."""
    found = declared()
    assert sorted(found.keys() - ROUTES.keys()) == [], "not in routes.tsv"
    assert sorted(ROUTES.keys() - found.keys()) == [], "in routes.tsv, but gone"
    assert {path: route for path, route in found.items() if route != ROUTES[path]} == {}


def test_the_rights_of_each_role_are_those_of_the_table() -> None:
    from kiwoomweb.access.rights import rights_of
    from kiwoomweb.access.roles import Role

    told = {role.name.lower(): frozenset(map(str, rights_of(role))) for role in Role}
    told["masked"] = frozenset(map(str, rights_of(Role.VIEWER, masked=True)))
    told["narrowed"] = frozenset(map(str, rights_of(Role.TRADER, without="export order")))
    assert told == RIGHTS


class Recorder:
    """Statements of one request that changed a row: their ``tables``, and those where ``theirs`` is named."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.theirs: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if (found := WRITES.match(sql)) and context["cursor"].rowcount:
            self.tables.add(found[2])
            if THEIRS in (params or ()):
                self.theirs.add(found[2])
        return result


class Matrix:
    """Asks, and collects what is not as it should be."""

    def __init__(self, teams: TwoTeams) -> None:
        self.teams, self.wrong, self.asked = teams, defaultdict[str, list[str]](list), 0
        self.admitted, self.tried = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        self.cookies: dict[str, str] = {}
        for who, person in teams.people.items():
            person.browser.raise_request_exception = False
            self.cookies[who] = person.browser.cookies.output(header="", sep=";")

    def ask(self, who: str, method: str, path: str) -> tuple[Any, set[str]]:
        self.asked += 1
        browser, written = self.teams.people[who].browser, Recorder()
        browser.cookies = SimpleCookie(self.cookies[who])  # whoever signed out a moment ago has not
        with undone(), connection.execute_wrapper(written):
            answer = browser.generic(method, path)
            body = answer.getvalue() if answer.streaming else answer.content
        if (MARK.encode() in body or MARK in str(answer.headers)) and not who.startswith("their"):
            self.wrong["another team's words"].append(f"{who} {method} {path}")
        if answer.status_code >= 500:
            self.wrong["broke"].append(f"{who} {method} {path}: {answer.status_code}")
        if written.theirs and not who.startswith("their"):
            self.wrong["another team's row"].append(f"{who} {method} {path} {sorted(written.theirs)}")
        return answer, written.tables

    def methods(self, route: Route, who: str) -> tuple[str, ...]:
        """Whoever is refused tries to read and to write, and the two worst try everything.

        Of those let in, the least of them and the owner: what lies behind the door has tests of its own. With
        ``MATRIX=all`` in the environment everybody tries.
        """
        if who in {"anonymous", "their owner"}:
            return METHODS if connection.vendor == "sqlite" else METHODS[:2]
        if not self.may(route, who) or "all" in os.environ.get("MATRIX", ""):
            return METHODS[:2]
        roles = {name: role for name, role in self.teams.inside.items() if route.lets_in(role)}
        return METHODS[:2] if who == "owner" or who == next(iter(roles), "") else ()

    def check(self, route: Route, who: str, method: str, path: str) -> None:
        answer, written = self.ask(who, method, path)
        self.tried[route.path].add(who)
        status, line = answer.status_code, f"{who} {method} {path}: {answer.status_code}"
        if self.may(route, who):
            if is_out(answer) and route.door != "public":
                self.wrong["shut out"].append(line)
            if route.door in {"member", "team"} and came_in(answer):
                self.admitted[route.path].add(who)
            if method in {"GET", "HEAD", "OPTIONS"} and (odd := written - TRACES - LOOKING.keys()):
                self.wrong["looking wrote"].append(f"{line} {sorted(odd)}")
        else:
            if came_in(answer) or not (status in {404, 405} or (self.is_nobody(who) and is_out(answer))):
                self.wrong["let in"].append(line)
            if odd := written - TRACES:
                self.wrong["a refused request wrote"].append(f"{line} {sorted(odd)}")

    def may(self, route: Route, who: str) -> bool:
        if route.door == "public":
            return True
        if route.door == "signed_in":
            return not self.is_nobody(who)
        role = self.teams.inside.get(who) or (route.door == "team" and self.teams.in_team.get(who))
        return bool(role) and route.lets_in(role)

    @staticmethod
    def is_nobody(who: str) -> bool:
        return who in {"anonymous", "disabled"}


def is_out(answer: Any) -> bool:
    """Sent to sign in."""
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


def came_in(answer: Any) -> bool:
    """Whether the doorkeeper has let the request pass, or has asked who is there once more."""
    request = answer.wsgi_request
    asked_again = answer.headers.get("Location", "").startswith("/prove/")
    return hasattr(request, "account") or hasattr(request, "membership") or asked_again


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.security("S-25", asvs=["7.4.2"])
@pytest.mark.security("S-01", asvs=["8.2.1", "8.2.2", "8.4.1", "8.3.1"])
@pytest.mark.security("S-02", asvs=["8.2.2", "8.4.1"])
@pytest.mark.security("S-06", asvs=["8.2.2", "14.2.4"])
@pytest.mark.security("S-08", asvs=["3.5.3"])
@pytest.mark.django_db
def test_everybody_gets_in_where_the_table_says_and_nowhere_else(settings: Any) -> None:
    logging.getLogger("django.request").disabled = True  # five thousand refusals are no news
    matrix = Matrix(two_teams())
    code, team = matrix.teams.account.code, matrix.teams.account.team.code
    for route in ROUTES.values():
        if route.path.startswith("ws/"):
            continue
        for who in matrix.teams.people:
            for method in matrix.methods(route, who):
                matrix.check(route, who, method, address(route.path, code, team, 1))
        if ":pk>" in route.path or ":number>" in route.path:
            for method in ("GET", "POST"):
                matrix.ask("owner", method, address(route.path, code, team, THEIRS))
    shut = [
        f"{who} never came in at {route.path}"
        for route in ROUTES.values()
        if route.door in {"member", "team"} and not route.path.startswith("ws/")
        for who, role in matrix.teams.inside.items()
        if route.lets_in(role) and who in matrix.tried[route.path] - matrix.admitted[route.path]
    ]
    logging.getLogger("django.request").disabled = False
    assert {**matrix.wrong, "never came in": shut} == {"never came in": []}
    assert matrix.asked > 15 * len(ROUTES)
