"""Origins: whether a request comes from a page of this site. Exact: scheme, host and port, in ASCII, as a
browser writes them. Other programs on this machine, and other machines of this domain, are other sites."""

import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.request import validate_host
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from kiwoomweb.ui.failures import foreign

__all__ = ["RefuseForeignRequests", "is_ours"]

SAFE: Final = {"GET", "HEAD", "OPTIONS", "TRACE"}
#: What browsers say of a request from a page of ours, or typed into the address bar.
OWN: Final = {"", "same-origin", "none"}
ORIGIN = re.compile(r"https?://(?P<host>(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?)", re.ASCII).fullmatch
HOST = re.compile(r"(?P<name>\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?", re.ASCII).fullmatch


def is_ours(origin: str, host: str) -> bool:
    """Whether a page of ``origin`` is a page of the site asked as ``host`` (the header, port included)."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return "*" not in origin
    said, asked = ORIGIN(origin), HOST(host)
    if not said or not asked or not validate_host(asked["name"], _hosts()):
        return False
    return origin == f"{'https' if settings.HTTPS else 'http'}://{host}"


def _hosts() -> list[str]:
    return settings.ALLOWED_HOSTS or [".localhost", "127.0.0.1", "[::1]"]


class RefuseForeignRequests(MiddlewareMixin):
    """Besides Django's token: a form of another site is refused by what the browser says of it, and so is
    everything another site would load from here. Only a link may lead here from elsewhere."""

    get_response: Callable[[HttpRequest], HttpResponseBase]

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("no text has a NUL in it, and PostgreSQL takes none that has")
        return None if _welcome(request) else foreign(request)


def _welcome(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site", "")
    if request.method not in SAFE:
        origin = request.headers.get("Origin")
        return site in OWN and (origin is None or is_ours(origin, request.get_host()))
    return site in OWN or _is_a_link(request)


def _is_a_link(request: HttpRequest) -> bool:
    headers = request.headers
    return (
        request.method == "GET"
        and headers.get("Sec-Fetch-Mode", "") == "navigate"
        and headers.get("Sec-Fetch-Dest", "document") == "document"
    )
