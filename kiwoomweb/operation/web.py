"""The web process: ``python -m kiwoomweb.operation.web HOST PORT PREPARED``.

It loads while the database is still being prepared and opens its port when the file PREPARED is there: the
first page comes sooner, and no page ever meets a half-migrated database.
"""

import os
import sys
import time
from importlib import import_module
from pathlib import Path

__all__ = ["main"]

#: Bytes of one message from a browser; three hundred topics fit four times.
LONGEST_MESSAGE = 65_536


def main(host: str, port: str, prepared: str) -> None:
    """Serve until told to stop."""
    _choose_loop()
    from daphne.cli import CommandLineInterface

    from kiwoomweb.operation.closed_memory import close_memory
    from kiwoomweb.operation.giving_up import give_up_account_keys
    from kiwoomweb.operation.sockets import LiveServer

    close_memory()
    give_up_account_keys()
    _load_pages()
    _wait_for(Path(prepared))
    # Only now: WhiteNoise looks once at what static files there are, when the application is built.
    # No access log: addresses carry one-time codes and account codes.
    quiet = ["-v", "0", "--no-server-name", "--http-timeout", "60", "--ping-interval", "20"]
    # A page says little; whoever sends more than this is none of ours, and is closed with 1009.
    quiet += [f"--websocket-max-{what}-size={LONGEST_MESSAGE}" for what in ("message", "frame")]
    CommandLineInterface.server_class = LiveServer
    _speak_tls()
    CommandLineInterface().run(["-b", host, "-p", port, *quiet, "kiwoomweb.asgi:application"])


def _choose_loop() -> None:
    """uvloop's, before Daphne is loaded, which would take asyncio's own."""
    import uvloop
    from twisted.internet import asyncioreactor

    asyncioreactor.install(uvloop.new_event_loop())  # type: ignore[no-untyped-call]


def _load_pages() -> None:
    """Import every view and consumer now rather than in the first visitor's request."""
    import django
    from django.urls import get_resolver

    django.setup()
    import_module("kiwoomweb.sockets")
    _ = get_resolver().url_patterns


def _speak_tls() -> None:
    """Where the operator has given a certificate; the server asks for its endpoint by this name."""
    import daphne.server
    from django.conf import settings

    from kiwoomweb.operation.tls import listening_with

    if settings.TLS_CERTIFICATE:
        daphne.server.serverFromString = listening_with(settings.TLS_CERTIFICATE, settings.TLS_KEY)


def _wait_for(prepared: Path) -> None:
    while not prepared.exists():
        time.sleep(0.05)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
    main(*sys.argv[1:])
