"""The first user: comes by a one-time address that only who can read the server's files knows.

There is no default user and no default password. The code lies in a private file until somebody has used it.
"""

import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kiwoomweb.access import sealing
from kiwoomweb.access.models import Membership, Team, User
from kiwoomweb.access.roles import Role

__all__ = ["CodeSpent", "Newcomer", "fits", "invite", "welcome"]


class CodeSpent(Exception):
    """The code is not the one in the file, or it has been used."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who the first user says they are."""

    email: str
    password: str = field(repr=False)
    display_name: str = ""


def invite() -> None:
    """At every start: make a code if there is nobody yet, take it away if there is; make the sealing keys."""
    path = Path(settings.SETUP_CODE_FILE)
    if User.objects.exists():
        path.unlink(missing_ok=True)
        return
    sealing.make_ring()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))


def fits(code: str) -> bool:
    """Whether ``code`` opens the door now."""
    path = Path(settings.SETUP_CODE_FILE)
    try:
        right = path.read_text().strip()
    except FileNotFoundError:
        return False
    return bool(right) and hmac.compare_digest(code.encode(), right.encode()) and not User.objects.exists()


def welcome(code: str, newcomer: Newcomer) -> User:
    """Make the first user, their team and its ownership, and destroy the code. Raises ``CodeSpent``.

    Whoever moves the file away first is the first user; of two at once the other finds the code spent. If the
    user cannot be made, the file is put back.
    """
    path = Path(settings.SETUP_CODE_FILE)
    taken = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    if not fits(code):
        raise CodeSpent
    try:
        path.rename(taken)
    except FileNotFoundError:
        raise CodeSpent from None
    try:
        user = _settle_in(newcomer)
    except BaseException:
        taken.rename(path)
        raise
    taken.unlink()
    return user


@transaction.atomic
def _settle_in(newcomer: Newcomer) -> User:
    if User.objects.exists():
        raise CodeSpent
    user = User.objects.create_user(
        newcomer.email, newcomer.password, display_name=newcomer.display_name.strip()
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    team = Team.objects.create(name=_("%(name)s의 팀") % {"name": user})
    Membership.objects.create(team=team, user=user, role=Role.OWNER)
    return user
