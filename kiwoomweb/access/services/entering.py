"""Entering: what happens when somebody has shown all they have to show, whichever way they came."""

import time

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kiwoomweb.access.models import User
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.services import lost_factors
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.cautions import begin
from kiwoomweb.access.services.devices import remember
from kiwoomweb.access.session_store import OPENED

__all__ = ["entered"]

#: Ways in that show no second factor.
PLAIN = frozenset({"password", "invitation", "oidc", "socialaccount"})


def entered(request: HttpRequest, user: User, response: HttpResponseBase, *, by: str) -> None:
    """List the session, know the device, tell of a new place, write it down. ``by``: which way."""
    UserSession.objects.create_from_request(request)
    _look_at_place(request, user, response, by)
    if by not in {"password", "setup", "invitation"}:
        lost_factors.call_off(user)
    record("session.opened", by=user, detail={"by": by}, request=request)


def _look_at_place(request: HttpRequest, user: User, response: HttpResponseBase, by: str) -> None:
    """A device nobody knows is held back; a known one in a new network is believed with a second factor."""
    device, new = remember(request, user, response)
    if new == Why.NETWORK and not PLAIN.issuperset(by.split("+")):
        return
    if new is not None:
        caution = begin(user, new, request, device)
        messages.warning(request, caution.sentence)


@receiver(user_logged_in, dispatch_uid="access.opened")
def _opened(sender: object, request: HttpRequest, **rest: object) -> None:
    """The long clock of a session starts when it is somebody's."""
    request.session[OPENED] = time.time()
