"""Serve the practice broker: ``manage.py runsimulator --port 8600 --keys-file var/keys/demo.json``.

The broker is a stranger to our database: this command starts without it.
"""

import json
import logging
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.simulator.app import Simulator
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.history import HistoryUnreadable
from kiwoomweb.simulator.profile import PROFILES
from kiwoomweb.simulator.serve import PortTaken, listening_on, serve
from kiwoomweb.simulator.tokens import KeyPair


class Command(BaseCommand):
    help = "Serve the practice broker (REST and WebSocket) on one loopback port."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, required=True)
        parser.add_argument("--profile", choices=sorted(PROFILES), default="real")
        parser.add_argument("--key", help="app key of the demo account (visible in the process list)")
        parser.add_argument("--secret", help="its secret; prefer --keys-file")
        parser.add_argument("--keys-file", type=Path, help='JSON: {"app_key": …, "app_secret": …}')
        parser.add_argument("--history", type=Path, help="CSV of daily bars to play instead of made-up prices")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--speed", type=float, help="virtual seconds a real second")
        parser.add_argument("--state", type=Path, help="folder that outlives the process (var/simulator)")
        parser.add_argument("--opening", default="auto", help="auto, or a moment like 2026-11-20T10:30+09:00")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        pair = keys(options)
        try:
            listener = listening_on(options["port"])
        except PortTaken as taken:
            raise CommandError(
                f"포트 {options['port']}번을 다른 프로그램이 쓰고 있습니다. "
                f"The port is taken by another program ({taken})."
            ) from None
        simulator = opened(options, pair)
        serve(simulator, listener, lambda: self._say_ready(listener.getsockname()[1], simulator))

    def _say_ready(self, port: int, simulator: Simulator) -> None:
        simulator.control.serving_on(port)
        now = simulator.exchange.now()
        self.stdout.write(
            f"simulator ready: http://127.0.0.1:{port} ({simulator.profile.name}, {now:%Y-%m-%d %H:%M:%S} KST)"
        )
        self.stdout.flush()


def keys(options: dict[str, Any]) -> KeyPair:
    """The demo pair from the file or the arguments."""
    key, secret = options["key"], options["secret"]
    if options["keys_file"]:
        try:
            held = json.loads(options["keys_file"].read_text())
            key, secret = held["app_key"], held["app_secret"]
        except (OSError, ValueError, KeyError, TypeError):
            raise CommandError(
                f"{options['keys_file']}: 키 파일을 읽을 수 없습니다. The key file cannot be read."
            ) from None
    if not key or not secret:
        raise CommandError(
            "--keys-file 또는 --key와 --secret이 필요합니다. Give --keys-file, or --key and --secret."
        )
    return KeyPair(key, secret, options["profile"])


def opened(options: dict[str, Any], pair: KeyPair) -> Simulator:
    """The exchange with its past, on the clock that was asked for."""
    state: Path = options["state"] or settings.VAR / "simulator"
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        exchange = Exchange.opened(
            state,
            seed=options["seed"],
            history=options["history"],
            profile=options["profile"],
            now=moment(options["opening"]),
        )
    except (HistoryUnreadable, FileNotFoundError) as why:
        raise CommandError(
            f"시세 파일을 읽을 수 없습니다. The history file cannot be read: {options['history']}: {why}"
        ) from None
    if options["speed"] is not None or options["opening"] != "auto":
        exchange.resume(options["speed"] or 1.0)
    return Simulator(exchange, PROFILES[options["profile"]], [pair], state, warm=True)


def moment(text: str) -> datetime | None:
    """None for ``auto``: the exchange opens where the market is."""
    if text == "auto":
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise CommandError(f"--opening {text}: 2026-11-20T10:30+09:00 형식이어야 합니다. An offset is needed.")
    return found
