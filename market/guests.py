"""Guests: who may sit at an account's live feed, asked when they come in and again while they stay."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.http import Http404

from kiwoomweb.access.hardening.tenancy import across_accounts, keep_to
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.seeing import seeing_as
from kiwoomweb.access.selectors import account_or_404, pairs_that_see
from kiwoomweb.access.selectors.seeing import KEPT_AS, kept_in, seeing_by
from kiwoomweb.access.services.staying import place_of, still_open
from market.selectors.events import events_after, last_event, last_events

__all__ = ["Guest", "guest_of", "missed", "newest", "rate_of", "unwelcome"]


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
    #: The membership the person looks as (``access.seeing``): the page hears what both may.
    kept_as: int | None = None


async def guest_of(scope: Mapping[str, Any]) -> Guest | None:
    """The guest a WebSocket request stands for; ``None`` for visitors and strangers."""
    user = scope.get("user")
    if not isinstance(user, User) or not user.is_active:
        return None
    code = scope["url_route"]["kwargs"]["code"]
    try:
        guest: Guest = await database_sync_to_async(admit)(user, code, scope.get("session"), asked_since(scope))
    except Http404:
        return None
    return guest


def admit(user: User, code: str, session: Any, since: int | None) -> Guest:
    """The guest at the account's feed. Raises ``Http404`` for strangers. Asked in one thread at once."""
    key = getattr(session, "session_key", None) or ""
    with keep_to(user):
        kept = session.get(KEPT_AS) if key else None
        account = _account_as(user, code, kept)
        last, masked = last_event(account.pk), account.my_masked  # type: ignore[attr-defined]
        seen = last if since is None else min(since, last)
        return Guest(user.pk, account.pk, code, key, seen, last, masked, place_of(key), kept)


def missed(guest: Guest, seq: int) -> list[tuple[int, str]]:
    """(number, text) of the events of the guest's account after ``seq``, asked for as that person."""
    with keep_to(User(pk=guest.user_id)):
        return events_after(guest.account_id, seq)


def newest(guests: Iterable[Guest]) -> dict[int, int]:
    """How far the events of each guest's account are, in one question for them all."""
    with across_accounts("a number that grows tells of nobody; what it counts is asked for by each guest"):
        return last_events({guest.account_id for guest in guests})


def _account_as(user: User, code: str, kept: int | None) -> Account:
    """The account as the person sees it who looks, or the one they look as. Raises ``Http404``."""
    seeing = seeing_by(user, kept)
    if seeing is None:
        return account_or_404(user, code)
    with seeing_as(seeing):
        return account_or_404(user, code)


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

    A page that is sent away comes in again and is asked anew. Four queries for them all, and some for who looks
    as another; once a minute it is written down that their pages are open.
    """
    guests = list(guests)
    sees = pairs_that_see({guest.user_id for guest in guests}, {guest.account_id for guest in guests})
    sessions = {(guest.session_key, guest.place) for guest in guests if guest.session_key}
    running = still_open(sessions)
    kept = kept_in(running.values())
    return {
        g
        for g in guests
        if (_sees_as(g) if g.kept_as else sees.get((g.user_id, g.account_id))) is not g.masked
        or (g.session_key and _has_turned(g, running.get((g.session_key, g.place)), kept))
    }


def _has_turned(guest: Guest, key: str | None, kept: Mapping[str, int]) -> bool:
    """Whether the session is over, or its person looks as somebody else now."""
    return key is None or kept.get(key) != guest.kept_as


def _sees_as(guest: Guest) -> bool | None:
    """Whether a page of somebody who looks as another is masked now; ``None`` when it may not look any more."""
    user = User.objects.filter(pk=guest.user_id, is_active=True).first()
    try:
        account = _account_as(user, guest.code, guest.kept_as) if user else None
    except Http404:
        return None
    return account.my_masked if account else None  # type: ignore[attr-defined]
