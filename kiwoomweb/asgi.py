"""The web process: HTTP by Django, WebSockets by Channels (paths in ``sockets.py``)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
django.setup(set_prefix=False)  # loads the apps; what follows needs their models

from channels.routing import ProtocolTypeRouter  # noqa: E402

from kiwoomweb import sockets  # noqa: E402
from kiwoomweb.doors import refuse_to_start  # noqa: E402
from kiwoomweb.pages import Pages  # noqa: E402

refuse_to_start()

application = ProtocolTypeRouter({"http": Pages(), "websocket": sockets.application})
