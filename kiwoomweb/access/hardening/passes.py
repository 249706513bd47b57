"""Passes: a socket is opened with a ticket that this session's page has just fetched, and that serves once.

Cookies travel with whatever page opens a socket; a ticket can only be read by a page of ours. It is signed and
names the session and the path it was made for; whoever uses it leaves a mark in the shared cache.
"""

import secrets
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

from django.core import signing
from django.core.cache import cache

from kiwoomweb.access.hardening.denying import deny

__all__ = ["SECONDS", "is_good", "issue", "with_a_pass"]

#: How long a ticket waits to be used, in seconds.
SECONDS = 30
SALT = "a pass for a socket"

App = Callable[[Any, Any, Any], Awaitable[None]]


def issue(session_key: str, path: str) -> str:
    """A ticket for one socket at ``path``, for this session, within ``SECONDS``."""
    return signing.dumps([_digest(session_key), path, secrets.token_hex(12)], salt=SALT)


def is_good(ticket: str, session_key: str, path: str) -> bool:
    """Whether it is ours, for this session and path, in time, and unused; from now on it is used."""
    try:
        session, where, nonce = signing.loads(ticket, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if not session_key or (session, where) != (_digest(session_key), path):
        return False
    return bool(cache.add(f"pass:{nonce}", 1, 2 * SECONDS))


def with_a_pass(app: App) -> App:
    """Refuse sockets without a good ticket before anything else looks at them. Stands behind the session."""

    async def checked(scope: Any, receive: Any, send: Any) -> None:
        from channels.db import database_sync_to_async

        session = getattr(scope.get("session"), "session_key", None) or ""
        ticket = parse_qs(scope.get("query_string", b"").decode("latin1")).get("pass", [""])[0]
        if await database_sync_to_async(is_good)(ticket, session, scope["path"]):
            await app(scope, receive, send)
        else:
            await deny(scope, receive, send)

    return checked


def _digest(session_key: str) -> str:
    return sha256(session_key.encode()).hexdigest()[:32]
