"""``manage.py up``: start everything, print one address, stop with Ctrl-C."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.beside import check_services
from kiwoomweb.env import text
from kiwoomweb.operation.plan import Plan
from kiwoomweb.operation.ports import free_port
from kiwoomweb.operation.telling import Trouble
from kiwoomweb.operation.tls import check
from kiwoomweb.operation.up import become


class Command(BaseCommand):
    """Start the whole server: web, worker, beat, stream, queue and the practice exchange."""

    help = "모든 것을 시작합니다 (start everything: web, worker, beat, stream, queue, practice exchange)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The choices a person has."""
        parser.add_argument("--host", default="127.0.0.1", help="접속을 받을 주소 (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="웹 포트 (default: 8000)")
        parser.add_argument("--history", type=Path, help="연습 시장을 채울 일봉 CSV (daily bars to play)")
        parser.add_argument("--speed", help="연습 시장의 속도 (1: live, 60: a minute a second)")
        parser.add_argument("--profile", choices=["real", "mock"], default="real", help="실전/모의투자의 답")
        parser.add_argument("--no-demo", action="store_true", help="연습 거래소 없이 시작 (no practice market)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what was asked for and become the supervisor."""
        try:
            become(_plan(options))
        except Trouble as trouble:
            raise CommandError(f"{trouble.korean}\n{trouble.english}") from trouble


def _plan(options: dict[str, Any]) -> Plan:
    history = options["history"]
    if history and not history.is_file():
        raise Trouble(f"일봉 파일이 없습니다: {history}", f"no such file of daily bars: {history}")
    for found in check_services(None):
        if found.is_serious():
            raise Trouble(f"{found.msg} {found.hint}", str(found.id))
    if settings.TLS_CERTIFICATE:
        check(settings.TLS_CERTIFICATE, settings.TLS_KEY)
    demo = not options["no_demo"]
    return Plan(
        var=settings.VAR.resolve(),
        host=options["host"],
        port=options["port"],
        simulator_port=free_port("127.0.0.1", settings.SIMULATOR_PORT, but=options["port"]) if demo else None,
        history=history and history.resolve(),
        speed=options["speed"],
        profile=options["profile"],
        own_valkey=not text("REDIS_URL", ""),
        tls=bool(settings.TLS_CERTIFICATE),
    )
