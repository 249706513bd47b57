"""How a person signs in, and where they are signed in now."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from kiwoomweb.access.agents import short_name
from kiwoomweb.access.factors import keeping
from kiwoomweb.access.factors.having import PASSKEY, TOTP
from kiwoomweb.access.models import User

__all__ = ["Place", "Way", "Ways", "places_of", "ways_of"]


@dataclass(frozen=True, slots=True)
class Way:
    """One factor. ``site``: the address a passkey works at."""

    pk: int
    name: str
    made_at: datetime
    used_at: datetime | None
    site: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """All factors of a person. ``codes``: recovery codes left, ``None`` when there never were any."""

    app: Way | None
    passkeys: tuple[Way, ...]
    codes: int | None

    @property
    def has_factor(self) -> bool:
        return bool(self.app or self.passkeys)


@dataclass(frozen=True, slots=True)
class Place:
    """One session of the person."""

    pk: int
    device: str
    address: str
    since: datetime
    seen_at: datetime
    is_here: bool


def ways_of(user: User) -> Ways:
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    apps = [_way(row) for row in rows if row.type == TOTP]
    keys = tuple(_way(row) for row in rows if row.type == PASSKEY)
    return Ways(apps[0] if apps else None, keys, keeping.codes_left(user))


def places_of(user: User, here: str | None) -> list[Place]:
    """The person's live sessions, this one first, then the latest seen."""
    rows = list(UserSession.objects.filter(user=user))
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(pk__in=keys, expire_date__gt=timezone.now()).values_list("pk", flat=True)
    )
    found = [
        Place(
            row.pk,
            short_name(row.user_agent),
            row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == here,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda place: (not place.is_here, -place.seen_at.timestamp()))


def _place(row: UserSession, here: str | None) -> Place:
    name = short_name(row.user_agent)
    return Place(row.pk, name, row.ip, row.created_at, row.last_seen_at, row.session_key == here)


def _way(row: Authenticator) -> Way:
    return Way(row.pk, row.data.get("name", ""), row.created_at, row.last_used_at, row.data.get("rp_id", ""))
