"""``manage.py trs``: ask every TR of a practice broker, read one raw reply, or bend replies at random."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.operation.every_tr.check import check_all
from kiwoomweb.operation.every_tr.decoding import NoSuchReply, decode
from kiwoomweb.operation.every_tr.mutating import bend


class Command(BaseCommand):
    """All 206 TRs through our own client and stream, or one reply through our own eyes."""

    help = "전문 206개를 모두 불러 읽어 봅니다 (ask all 206 TRs of a practice broker and read the answers)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One of three."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="연습 서버를 켜서 모두 부릅니다 (ask every TR)")
        what.add_argument(
            "--decode", nargs=2, metavar=("ID", "FILE"), help="받아 둔 응답을 읽습니다 (read a raw reply)"
        )
        what.add_argument("--fuzz", type=int, metavar="N", help="응답을 N번 망가뜨려 읽습니다 (bend replies)")
        parser.add_argument("--only", nargs="*", default=[], metavar="ID", help="이 전문만 (these TRs alone)")
        parser.add_argument("--seed", type=int, default=1, help="--fuzz의 씨앗 (for --fuzz)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with 1 when a TR failed, or a field could not be read."""
        if options["check"]:
            well = self._check(options["only"])
        elif options["decode"]:
            well = self._decode(*options["decode"])
        else:
            well = self._fuzz(options["fuzz"], options["seed"])
        sys.exit(0 if well else 1)

    def _check(self, only: list[str]) -> bool:
        outcomes = check_all(only)
        for outcome in outcomes:
            self.stdout.write(outcome.line())
        well = sum(outcome.well for outcome in outcomes)
        self.stdout.write(f"{well} of {len(outcomes)}")
        return well == len(outcomes) > 0

    def _decode(self, tr_id: str, file: str) -> bool:
        try:
            text, well = decode(tr_id, Path(file))
        except NoSuchReply as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(text)
        return well

    def _fuzz(self, times: int, seed: int) -> bool:
        bent = bend(times, seed)
        for line in bent.lines():
            self.stdout.write(line)
        return not bent.troubles
