"""Waking: tell the order process that there is something to do. A hint: it looks by itself all the time."""

import socket
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction

__all__ = ["bell", "wake"]


def bell() -> Path:
    """The socket file the order process listens on."""
    return Path(settings.VAR) / "run" / "orders.bell"


def wake() -> None:
    """Ring after the commit. Nobody listening, a full queue, no folder: it finds the work without us."""
    transaction.on_commit(_ring)


def _ring() -> None:
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.setblocking(False)
        line.sendto(b"!", str(bell()))
