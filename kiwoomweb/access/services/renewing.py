"""A new key for a session whenever its holder has shown something new: whoever knew the old key is out."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

__all__ = ["renew"]


@transaction.atomic
def renew(request: HttpRequest) -> None:
    """Give the running session a new key; its contents and its place among sessions stay: open pages go on."""
    before = request.session.session_key
    request.session.cycle_key()
    if before:
        UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
