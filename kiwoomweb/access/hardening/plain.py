"""Plain: where the site is served over TLS, nothing is told without it. A page is led to its safe address; a
form, a file or a program over plain HTTP is refused, so that its author notices; a socket is not opened."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from kiwoomweb.access.hardening.denying import deny
from kiwoomweb.ui.failures import unsafe

__all__ = ["RefusePlain", "over_tls_alone"]

App = Callable[[Any, Any, Any], Awaitable[None]]
#: Asked from this very machine, without the proxy.
EXEMPT = frozenset({"/healthz"})


class RefusePlain(MiddlewareMixin):
    """Stands before the redirect, which is for people who type an address, and for nobody else."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        if not settings.HTTPS or request.is_secure() or request.path in EXEMPT or _is_a_page(request):
            return None
        return unsafe(request)


def _is_a_page(request: HttpRequest) -> bool:
    asked = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return request.method in {"GET", "HEAD"} and asked and "text/html" in request.headers.get("Accept", "")


def over_tls_alone(app: App) -> App:
    """Refuse the handshake of a socket that did not come over TLS, where the site does."""

    async def checked(scope: Any, receive: Any, send: Any) -> None:
        if settings.HTTPS and not _came_over_tls(scope):
            await deny(scope, receive, send)
        else:
            await app(scope, receive, send)

    return checked


def _came_over_tls(scope: Any) -> bool:
    """By the connection itself, or by the word of the proxy where there is one."""
    if not settings.SECURE_PROXY_SSL_HEADER:
        return bool(scope.get("scheme") == "wss")
    said = [value for name, value in scope["headers"] if name.lower() == b"x-forwarded-proto"]
    return said == [b"https"]
