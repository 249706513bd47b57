"""The cast. Minji owns a team; Jun trades in it, Mira manages it, Vera only looks; Sora has a team of her own.

A ``Person`` is a user with a browser: ``viewer.get("/settings/")``. ``visitor`` has signed in nowhere.
Accounts: ``account`` (practice) and ``live_account`` of the owner's team, ``strangers_account`` of Sora's.
None of them has keys.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kiwoomweb.access.models import Account, Membership, Proof, Team, User
from kiwoomweb.access.roles import Role

PASSWORD = "a-long-enough-passphrase"


@dataclass
class Person:
    """Somebody at a browser. ``get`` and ``post`` take the same arguments as Django's test client."""

    user: User | None = None
    browser: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        if self.user:
            self.browser.force_login(self.user)
            self._has_given_the_password()

    def _has_given_the_password(self) -> None:
        """As signing in by the form leaves it: for five minutes, doors that ask again are content."""
        session = self.browser.session
        session["session_mark"] = mark = secrets.token_urlsafe(32)
        session.save()
        Proof.objects.create(
            user=self.user,
            session_hash=hashlib.sha256(mark.encode()).hexdigest(),
            method="password",
            at=timezone.now(),
        )

    def was_long_idle(self) -> None:
        """The password was given too long ago for doors that ask again."""
        Proof.objects.filter(user=self.user).delete()

    def get(self, path: str, *args: Any, **rest: Any) -> HttpResponse:
        return self.browser.get(path, *args, **rest)

    def post(self, path: str, *args: Any, **rest: Any) -> HttpResponse:
        return self.browser.post(path, *args, **rest)


def make_person(name: str, team: Team | None = None, role: Role = Role.VIEWER) -> Person:
    """A signed-in person called ``name``, a member of ``team`` when one is given."""
    user = User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, display_name=name)
    if team:
        Membership.objects.create(team=team, user=user, role=role)
    return Person(user)


def make_account(
    team: Team, name: str = "연습 계좌", number: str = "8100000111", environment: str = "simulator"
) -> Account:
    return Account.objects.create(team=team, name=name, number=number, environment=environment)


@pytest.fixture
def visitor(db: None) -> Person:
    return Person()


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.create(name="민지네")


@pytest.fixture
def owner(team: Team) -> Person:
    return make_person("Minji", team, Role.OWNER)


@pytest.fixture
def manager(team: Team) -> Person:
    return make_person("Mira", team, Role.MANAGER)


@pytest.fixture
def trader(team: Team) -> Person:
    return make_person("Jun", team, Role.TRADER)


@pytest.fixture
def viewer(team: Team) -> Person:
    return make_person("Vera", team, Role.VIEWER)


@pytest.fixture
def strangers_team(db: None) -> Team:
    return Team.objects.create(name="소라네")


@pytest.fixture
def stranger(strangers_team: Team) -> Person:
    """Owns another team: has every right, but not here."""
    return make_person("Sora", strangers_team, Role.OWNER)


@pytest.fixture
def account(team: Team) -> Account:
    return make_account(team)


@pytest.fixture
def live_account(team: Team) -> Account:
    return make_account(team, "위탁", "5012344471", "live")


@pytest.fixture
def strangers_account(strangers_team: Team) -> Account:
    return make_account(strangers_team, "소라 연습", "8100000211")
