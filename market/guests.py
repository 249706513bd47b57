"""Guests: who may sit at an account's live feed, asked when they come in and again while they stay."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.http import Http404

from kiwoomweb.access.models import User
from kiwoomweb.access.selectors import account_or_404, pairs_that_see
from kiwoomweb.access.services.staying import place_of, still_open
from market.selectors.events import last_event

__all__ = ["Guest", "guest_of", "rate_of", "unwelcome"]


#: A number as an address has it.
PLAIN = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class Guest:
    """One admitted page. ``since`` is the last event it knows of, ``newest`` the account's when it came in."""

    user_id: int
    account_id: int
    code: str
    session_key: str
    since: int
    newest: int
    #: Amounts of the account are covered for them.
    masked: bool = False
    #: The place of the session among the person's sessions: stays while its key changes.
    place: int | None = None


async def guest_of(scope: Mapping[str, Any]) -> Guest | None:
    """The guest a WebSocket request stands for; ``None`` for visitors and strangers."""
    user = scope.get("user")
    if not isinstance(user, User) or not user.is_active:
        return None
    code = scope["url_route"]["kwargs"]["code"]
    key = getattr(scope.get("session"), "session_key", None) or ""
    try:
        guest: Guest = await database_sync_to_async(admit)(user, code, key, asked_since(scope))
    except Http404:
        return None
    return guest


def admit(user: User, code: str, key: str, since: int | None) -> Guest:
    """The guest at the account's feed. Raises ``Http404`` for strangers. Asked in one thread at once."""
    account = account_or_404(user, code)
    newest, masked = last_event(account.pk), account.my_masked  # type: ignore[attr-defined]
    seen = newest if since is None else min(since, newest)
    return Guest(user.pk, account.pk, code, key, seen, newest, masked, place_of(key))


def asked_since(scope: Mapping[str, Any]) -> int | None:
    """``?since=12`` of the address."""
    said = asked(scope, "since")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None


def rate_of(scope: Mapping[str, Any]) -> float | None:
    """``?rate=4`` of the address: frames a second; ``None`` where nothing sensible was asked."""
    said = asked(scope, "rate")
    return float(said) if PLAIN(said) else None


def asked(scope: Mapping[str, Any], name: str) -> str:
    return str(parse_qs(scope.get("query_string", b"").decode("latin1")).get(name, [""])[0])


def unwelcome(guests: Iterable[Guest]) -> set[Guest]:
    """Those whose access or session has ended since they came in, or who now see less or more than then.

    A page that is sent away comes in again and is asked anew. Three queries for them all; once a minute it is
    written down that their pages are open.
    """
    guests = list(guests)
    sees = pairs_that_see({guest.user_id for guest in guests}, {guest.account_id for guest in guests})
    sessions = {(guest.session_key, guest.place) for guest in guests if guest.session_key}
    over = sessions - still_open(sessions)
    return {
        g
        for g in guests
        if sees.get((g.user_id, g.account_id)) is not g.masked or (g.session_key, g.place) in over
    }
