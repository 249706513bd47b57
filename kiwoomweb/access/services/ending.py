"""Ending sessions: one, or all but this one. Pages of theirs that are open go dark within two seconds."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from kiwoomweb.access.models import User
from kiwoomweb.access.services.auditing import record

__all__ = ["end_others", "end_session"]


@transaction.atomic
def end_session(user: User, pk: int, request: HttpRequest) -> bool:
    """End that session of the person's own. ``False`` when there is none."""
    row = UserSession.objects.filter(user=user, pk=pk).first()
    if row is None:
        return False
    Session.objects.filter(pk=row.session_key).delete()
    row.delete()
    record("session.ended", by=user, about=row.user_agent, request=request)
    return True


@transaction.atomic
def end_others(user: User, request: HttpRequest | None, *, why: str) -> int:
    """End every session of the person but the running one; without a request, every one. Gives how many."""
    rows = UserSession.objects.filter(user=user)
    if request is not None and request.session.session_key:
        rows = rows.exclude(session_key=request.session.session_key)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    rows.delete()
    if keys:
        record("session.ended", by=user, detail={"count": len(keys), "why": why}, request=request)
    return len(keys)
