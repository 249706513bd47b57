"""Whether somebody is held back here and now, and what of theirs waits for a word from them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.core import context
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from kiwoomweb.access.agents import short_name
from kiwoomweb.access.models import Caution, User
from kiwoomweb.access.models.caution import Why

__all__ = ["DEVICE", "Held", "cautions_of", "devices_held", "held_back"]

#: Under this name a session knows the device it was opened on.
DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Held:
    """A device of the person that is held back, as the page of sign-in names it."""

    pk: int
    device: str
    address: str
    at: datetime
    until: datetime


def devices_held(user: User) -> list[Held]:
    """Devices that wait, for who is not held back themselves: only they may vouch."""
    if held_back(user) is not None:
        return []
    return [
        Held(one.pk, short_name(one.device.agent), one.address, one.at, one.until)
        for one in cautions_of(user)
        if one.device
    ]


def cautions_of(user: User) -> QuerySet[Caution]:
    """Everything of the person that is in force, newest first."""
    in_force = Caution.objects.filter(user=user, lifted_at=None, until__gt=timezone.now())
    return in_force.select_related("device").order_by("-pk")


def held_back(user: User, *, passing: Collection[Why] = ()) -> Caution | None:
    """What holds the person back in the running session, ``None`` as a rule; of several what lasts longest.

    Another device of theirs holds back nobody but itself: who guesses a password locks no owner out. The
    session knows its device, so that losing the cookie is no way around. ``passing``: reasons that do not
    count here.
    """
    request: HttpRequest | None = context.request
    device = request.session.get(DEVICE) if request is not None and hasattr(request, "session") else None
    here = Q(device=None) | Q(device=device) if device else Q(device=None)
    return cautions_of(user).filter(here).exclude(why__in=list(passing)).order_by("-until").first()
