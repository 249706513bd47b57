"""``manage.py test``: prove everything, stage by stage, with one summary and one exit code."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.operation.chromium import find_chromium
from kiwoomweb.operation.proving import STAGES, Outcome, Stage, groups, prove, summary
from kiwoomweb.operation.telling import Trouble


class Command(BaseCommand):
    """Run the tests: SQLite, PostgreSQL, browser, drills."""

    help = "모든 시험을 돌립니다 (run all tests: SQLite, PostgreSQL, browser, drills)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Paths and pytest's -k narrow the run; nothing is left out unless asked."""
        parser.add_argument("paths", nargs="*", help="시험 파일이나 폴더 (test files or folders)")
        parser.add_argument("-k", dest="keyword", help="이름으로 고르기 (pytest's -k)")
        parser.add_argument("--without-browser", action="store_true", help="브라우저 시험을 뺍니다")
        parser.add_argument("--without-drills", action="store_true", help="서버를 통째로 켜는 시험을 뺍니다")
        parser.add_argument("--nothing-skipped", action="store_true", help="건너뛴 시험도 실패로 칩니다")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the stages and exit with 0 only when all of them proved something and nothing failed."""
        outcomes = [each for group in groups(_stages(options)) for each in _beside(group, options)]
        if options["paths"] or options["keyword"]:  # a narrowed run need not touch every stage
            outcomes = [each for each in outcomes if not each.found_nothing] or outcomes
        text, well = summary(outcomes)
        self.stdout.write(f"\n{text}")
        skipped = options["nothing_skipped"] and any(each.skipped for each in outcomes)
        sys.exit(0 if well and not skipped else 1)


def _stages(options: dict[str, Any]) -> list[Stage]:
    left_out = {"Chromium"} if options["without_browser"] else set()
    left_out |= {"drills"} if options["without_drills"] else set()
    if not left_out & {"Chromium"}:
        try:
            os.environ["CHROMIUM"] = find_chromium()
        except Trouble as trouble:
            hint = "브라우저 없이 돌리려면 --without-browser (to go without: --without-browser)"
            raise CommandError(f"{trouble.korean}\n{trouble.english}\n{hint}") from trouble
    return [stage for stage in STAGES if stage.name not in left_out]


def _beside(group: list[Stage], options: dict[str, Any]) -> list[Outcome]:
    with ThreadPoolExecutor(len(group)) as at_once:
        return list(at_once.map(lambda stage: _prove(stage, options), group))


def _prove(stage: Stage, options: dict[str, Any]) -> Outcome:
    arguments = [*options["paths"], *(["-k", options["keyword"]] if options["keyword"] else [])]
    with _environment(stage) as environment:
        return prove(stage, arguments, environment)


@contextmanager
def _environment(stage: Stage) -> Iterator[dict[str, str]]:
    """The environment of one stage: a person's own settings do not reach the tests.

    Bytecode is written: hundreds of short processes would each spend two seconds on compiling what we wrote.
    """
    own = {"DATABASE_URL", "REDIS_URL", "DEBUG", "KIWOOMWEB_VAR", "DJANGO_SETTINGS_MODULE"}
    own |= {"PYTHONDONTWRITEBYTECODE"}
    environment = {name: value for name, value in os.environ.items() if name not in own}
    if not stage.on_postgres:
        yield environment
        return
    from tests.servers import postgres

    with postgres() as address:
        yield {**environment, "DATABASE_URL": address}
