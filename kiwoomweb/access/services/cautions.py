"""Cautions: begin one where somebody came from somewhere new, refuse big things meanwhile, vouch and be done.

@require_POST
@signed_in
@unless_held_back()
@stepped_up()
def hand_over(request: SignedInRequest) -> HttpResponse: …
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from kiwoomweb.access.callers import address_of
from kiwoomweb.access.models import Caution, Device, User
from kiwoomweb.access.models.caution import LASTS, Why
from kiwoomweb.access.selectors.cautions import cautions_of, held_back
from kiwoomweb.access.services.auditing import record

__all__ = ["begin", "refusal", "unless_held_back", "vouch", "vouch_by_hand"]

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def begin(user: User, why: Why, request: HttpRequest | None, device: Device | None = None) -> Caution:
    """Hold the device back, or without one every device, for a day. One that runs is not made longer."""
    if running := cautions_of(user).filter(device=device, why=why).first():
        return running
    now, address = timezone.now(), address_of(request)[:45] if request else ""
    made = Caution.objects.create(user=user, device=device, why=why, address=address, at=now, until=now + LASTS)
    record("device.held", by=user, detail={"why": why.value}, request=request)
    return made


def unless_held_back(*passing: Why) -> Callable[[V], V]:
    """Not for who is held back: they get a page that says why, until when, and what to do meanwhile."""

    def decorate(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            caution = held_back(user, passing=passing) if isinstance(user, User) else None
            return refusal(request, caution) if caution else view(request, *args, **kwargs)

        return cast("V", guarded)

    return decorate


def refusal(request: HttpRequest, caution: Caution) -> HttpResponseBase:
    """The page in place of the one that was asked for."""
    return render(request, "access/held_back.html", {"caution": caution}, status=403)


def vouch(user: User, pk: int, request: HttpRequest) -> bool:
    """That was me, says a device that is not held back. ``False``: there is nothing to vouch for."""
    if held_back(user) is not None:
        return False
    with transaction.atomic():
        rows = cautions_of(user).filter(pk=pk, device__isnull=False)
        if not Caution.objects.filter(pk__in=rows).update(lifted_at=timezone.now()):
            return False
        record("device.vouched", by=user, request=request)
    return True


@transaction.atomic
def vouch_by_hand(user: User) -> int:
    """By the command on the machine: who runs it can read every file anyway. Gives how many were in force."""
    count = Caution.objects.filter(pk__in=cautions_of(user)).update(lifted_at=timezone.now())
    if count:
        record("device.vouched", by=None, about=user.email, detail={"count": count})
    return count
