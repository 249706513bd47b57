"""The web process: HTTP by Django, WebSockets by Channels (paths in ``sockets.py``)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
_http = get_asgi_application()  # loads the apps; what follows needs their models

from channels.routing import ProtocolTypeRouter  # noqa: E402

from kiwoomweb import sockets  # noqa: E402

application = ProtocolTypeRouter({"http": _http, "websocket": sockets.application})
