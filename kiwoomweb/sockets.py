"""Routing table 2: WebSocket path of a browser -> consumer, behind TLS, origin, sign-in and a pass."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.urls import path

from kiwoomweb.access.hardening.denying import deny
from kiwoomweb.access.hardening.origins import is_ours
from kiwoomweb.access.hardening.passes import with_a_pass
from kiwoomweb.access.hardening.plain import over_tls_alone
from kiwoomweb.access.hardening.tenancy import keep_sockets_to_own_accounts
from market.consumers import live

__all__ = ["application", "routes", "same_origin"]

App = Callable[[Any, Any, Any], Awaitable[None]]

#: Django's own table of paths knows views; an ASGI application stands in their place.
live_page: Any = live
routes = [path("ws/live/<str:code>/", live_page)]


def same_origin(app: App) -> App:
    """Refuse sockets opened by other sites' pages: cookies would sign them in as the user."""

    async def checked(scope: Any, receive: Any, send: Any) -> None:
        headers = {name.lower(): value.decode("latin1") for name, value in scope["headers"]}
        origin, host = headers.get(b"origin", ""), headers.get(b"host", "")
        if is_ours(origin, host):
            await app(scope, receive, send)
        else:
            await deny(scope, receive, send)

    return checked


inside = keep_sockets_to_own_accounts(AuthMiddlewareStack(with_a_pass(URLRouter(routes))))
application = over_tls_alone(same_origin(inside))
