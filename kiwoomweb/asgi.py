"""The web process: HTTP by Django, WebSockets by Channels (paths in ``sockets.py``)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
_http = get_asgi_application()  # loads the apps; what follows needs their models

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from kiwoomweb.sockets import routes  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": _http,
        # A page on another site must not open a socket with this user's session (cross-site hijacking).
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(routes))),
    }
)
