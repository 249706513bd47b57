"""``manage.py bench start``: measure, print the figures beside their floors, fail below a floor."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.operation.start_benchmark import Started, measure_start
from kiwoomweb.operation.telling import Trouble

#: What a small server must manage: seconds to the first healthy page, megabytes for everything.
MOST_SECONDS = 15.0
MOST_MEGABYTES = 600.0


class Command(BaseCommand):
    """Measure what this machine makes of the promises in the README."""

    help = "약속한 수치를 이 컴퓨터에서 잽니다 (measure the README's figures on this machine)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which benchmark."""
        parser.add_argument(
            "what", choices=["start"], help="start: 빈 데이터베이스에서 첫 화면까지, 그리고 메모리"
        )
        parser.add_argument("--seconds", type=int, default=60, help="메모리를 지켜볼 시간 (how long to watch)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures; exit with 1 when one of them misses its floor."""
        try:
            started = measure_start(options["seconds"])
        except Trouble as trouble:
            raise CommandError(f"{trouble.korean}\n{trouble.english}") from trouble
        self._show(started)
        sys.exit(0 if started.seconds_to_page <= MOST_SECONDS and started.rss <= MOST_MEGABYTES else 1)

    def _show(self, started: Started) -> None:
        for each in started.memory:
            self.stdout.write(f"  {each.name:<16}{each.rss:7.1f} MB RSS {each.pss:7.1f} MB PSS")
        self._line("첫 화면까지 (to the first healthy page)", started.seconds_to_page, "s", MOST_SECONDS)
        self._line("전체 메모리 RSS (memory, all processes)", started.rss, "MB", MOST_MEGABYTES)
        self.stdout.write(f"  전체 메모리 PSS (shared pages once): {started.pss:.0f} MB")
        self.stdout.write(f"  연습 계좌까지 (to a connected practice account): {started.seconds_to_demo:.1f} s")

    def _line(self, what: str, found: float, unit: str, floor: float) -> None:
        mark = "✓" if found <= floor else "✗"
        self.stdout.write(f"{mark} {what}: {found:.1f} {unit} (<= {floor:.0f} {unit})")
