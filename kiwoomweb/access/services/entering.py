"""Entering: what happens when somebody has shown all they have to show, whichever way they came."""

import time

from allauth.usersessions.models import UserSession
from django.contrib.auth import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kiwoomweb.access.models import User
from kiwoomweb.access.services import lost_factors
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.devices import remember
from kiwoomweb.access.session_store import OPENED

__all__ = ["entered"]


def entered(request: HttpRequest, user: User, response: HttpResponseBase, *, by: str) -> None:
    """List the session, know the device, tell of a new place, write it down. ``by``: which way."""
    UserSession.objects.create_from_request(request)
    remember(request, user, response)
    if by not in {"password", "setup"}:
        lost_factors.call_off(user)
    record("session.opened", by=user, detail={"by": by}, request=request)


@receiver(user_logged_in, dispatch_uid="access.opened")
def _opened(sender: object, request: HttpRequest, **rest: object) -> None:
    """The long clock of a session starts when it is somebody's."""
    request.session[OPENED] = time.time()
