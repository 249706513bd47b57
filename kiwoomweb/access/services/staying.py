"""Staying: an answer to a person, or a page of theirs that is open, moves the end of their session on."""

import time
from collections import OrderedDict
from collections.abc import Collection, Iterable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from kiwoomweb.access.session_store import OPENED, ends_at

__all__ = ["EVERY", "is_there", "pages_open", "place_of", "still_open"]

#: Seconds between two writes about the same session: a page asks many things at once.
EVERY = 60
#: Sessions this process remembers to have written about.
MANY = 10_000
_written: OrderedDict[str, float] = OrderedDict()


def is_there(session_key: str, opened: float | None) -> None:
    """Somebody has just asked for something in that session."""
    if _is_due(session_key):
        _move_on(session_key, opened)


def place_of(session_key: str) -> int | None:
    """The place of a session among its person's sessions: stays the same while the key changes."""
    rows = UserSession.objects.filter(session_key=session_key)
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def still_open(sessions: Collection[tuple[str, int | None]]) -> dict[tuple[str, int | None], str]:
    """Those of (key as it was, place) that are not over, each with its key now: a renewed one is no end.

    Their pages are open now, which is written down once a minute.
    """
    places = {place for _key, place in sessions if place is not None}
    renewed = dict(UserSession.objects.filter(pk__in=places).values_list("pk", "session_key"))
    keys = {session: renewed.get(session[1], session[0]) for session in sessions}
    running = Session.objects.filter(pk__in=set(keys.values()), expire_date__gt=timezone.now())
    alive = set(running.values_list("pk", flat=True))
    pages_open(alive)
    return {session: key for session, key in keys.items() if key in alive}


def pages_open(session_keys: Iterable[str]) -> None:
    """Somebody's pages are open in these sessions now."""
    due = [key for key in session_keys if _is_due(key)]
    if not due:
        return
    for row in Session.objects.filter(pk__in=due, expire_date__gt=timezone.now()):
        _move_on(row.pk, row.get_decoded().get(OPENED))


def _is_due(session_key: str) -> bool:
    now = time.monotonic()
    if now - _written.get(session_key, -EVERY) < EVERY:
        return False
    _written[session_key] = now
    _written.move_to_end(session_key)
    while len(_written) > MANY:
        _written.popitem(last=False)
    return True


def _move_on(session_key: str, opened: float | None) -> None:
    now = timezone.now()
    alive = Session.objects.filter(pk=session_key, expire_date__gt=now)
    if alive.update(expire_date=ends_at(opened)):
        UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)
