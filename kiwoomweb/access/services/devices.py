"""Devices: browsers that have signed in before, so that a stranger's guesses do not stand in their way."""

import hashlib
import ipaddress
import re
import secrets

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from kiwoomweb.access.callers import address_of
from kiwoomweb.access.models import Device, User
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.selectors.cautions import DEVICE
from kiwoomweb.access.signals import signed_in_from_new_place

__all__ = ["COOKIE", "known_device", "remember"]

COOKIE = "device"
#: Browsers keep no cookie for longer.
AGE = 400 * 24 * 3600
TOKEN = re.compile(r"[\w-]{43}", re.ASCII).fullmatch
#: Networks one device is remembered in.
NETWORKS = 20


def known_device(request: HttpRequest, email: str) -> Device | None:
    """The device this request comes from, if that person has signed in on it before."""
    token = request.COOKIES.get(COOKIE, "")
    if not TOKEN(token):
        return None
    return Device.objects.filter(token_hash=_hash(token), user__email__iexact=email.strip()).first()


def remember(request: HttpRequest, user: User, response: HttpResponseBase) -> tuple[Device, Why | None]:
    """After signing in: know this browser from now on, and tell when the place is new to us.

    The first place of a person is no news. A new network is one nobody of their devices has been in. Gives the
    device, and what of it is new.
    """
    token = request.COOKIES.get(COOKIE, "")
    token = token if TOKEN(token) else secrets.token_urlsafe(32)
    others = list(Device.objects.filter(user=user))
    device, is_new = Device.objects.get_or_create(
        user=user, token_hash=_hash(token), defaults={"agent": agent_of(request), "seen_at": timezone.now()}
    )
    network = _network(address_of(request))
    seen = {one for other in others for one in other.networks}
    device.networks = [*(one for one in device.networks if one != network), network][-NETWORKS:]
    device.seen_at, device.agent = timezone.now(), agent_of(request)
    device.save(update_fields=["networks", "seen_at", "agent"])
    _set(response, token)
    request.session[DEVICE] = device.pk
    if not others or not (is_new or network not in seen):
        return device, None
    signed_in_from_new_place.send(
        sender=Device, user=user, ip=address_of(request), agent=agent_of(request), at=timezone.now()
    )
    return device, Why.DEVICE if is_new else Why.NETWORK


def agent_of(request: HttpRequest) -> str:
    """What the browser calls itself, cut."""
    return request.headers.get("User-Agent", "")[:200]


def _set(response: HttpResponseBase, token: str) -> None:
    response.set_cookie(
        COOKIE, token, max_age=AGE, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _network(address: str) -> str:
    """``203.0.113.0/24``, ``2001:db8:1::/48``: the neighbourhood an address moves in."""
    try:
        width = 24 if ipaddress.ip_address(address).version == 4 else 48
        return str(ipaddress.ip_network(f"{address}/{width}", strict=False))
    except ValueError:
        return "?"
