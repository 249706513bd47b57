"""Guests: who may sit at an account's live feed, asked when they come in and again while they stay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404

from kiwoomweb.access.models import User
from kiwoomweb.access.selectors import account_or_404, accounts_for

__all__ = ["Guest", "guest_of", "unwelcome"]


@dataclass(frozen=True, slots=True)
class Guest:
    """One admitted page. ``since`` is the last event number its page was drawn with, ``None`` for "now"."""

    user_id: int
    account_id: int
    code: str
    session_key: str
    since: int | None


async def guest_of(scope: Mapping[str, Any]) -> Guest | None:
    """The guest a WebSocket request stands for; ``None`` for visitors and strangers."""
    user = scope.get("user")
    if not isinstance(user, User) or not user.is_active:
        return None
    code = scope["url_route"]["kwargs"]["code"]
    try:
        account = await database_sync_to_async(account_or_404)(user, code)
    except Http404:
        return None
    session = scope.get("session")
    return Guest(user.pk, account.pk, code, getattr(session, "session_key", None) or "", asked_since(scope))


def asked_since(scope: Mapping[str, Any]) -> int | None:
    """``?since=12`` of the address."""
    said = parse_qs(scope.get("query_string", b"").decode("latin1")).get("since", [""])[0]
    return int(said) if said.isdecimal() and len(said) < 19 else None


def unwelcome(guests: Iterable[Guest]) -> set[Guest]:
    """Those whose membership, account or session has ended since they came in. One query a person."""
    guests = list(guests)
    people = {user.pk: user for user in User.objects.filter(pk__in={g.user_id for g in guests}, is_active=True)}
    codes = {pk: set(accounts_for(user).values_list("code", flat=True)) for pk, user in people.items()}
    over = {key for key in {g.session_key for g in guests if g.session_key} if not SessionStore().exists(key)}
    return {g for g in guests if g.code not in codes.get(g.user_id, ()) or g.session_key in over}
