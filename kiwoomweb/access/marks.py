"""The mark of a session: what stays the same while the session's key changes at every proof."""

import hashlib
import secrets

from django.http import HttpRequest

__all__ = ["mark_hash", "marked"]

_KEY = "session_mark"


def mark_hash(request: HttpRequest) -> str:
    """The hash of the session's mark, or nothing: a session nobody proved anything in has none."""
    mark = request.session.get(_KEY)
    return hashlib.sha256(mark.encode()).hexdigest() if mark else ""


def marked(request: HttpRequest) -> str:
    """The hash of the session's mark; it is made when there is none. 256 bits from the system's own source."""
    if not request.session.get(_KEY):
        request.session[_KEY] = secrets.token_urlsafe(32)
    return mark_hash(request)
