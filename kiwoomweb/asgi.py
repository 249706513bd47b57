"""The web process: HTTP by Django, WebSockets by Channels (paths in ``sockets.py``)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
_http = get_asgi_application()  # loads the apps; what follows needs their models

from channels.routing import ProtocolTypeRouter

from kiwoomweb import sockets

application = ProtocolTypeRouter({"http": _http, "websocket": sockets.application})
