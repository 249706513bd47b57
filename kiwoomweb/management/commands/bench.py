"""``manage.py bench WHAT``: measure, print the figures beside their floors, fail below a floor."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.operation.benchmarks import (
    report_backfill,
    report_chart,
    report_decode,
    report_journal,
    report_recording,
    report_relay,
    report_reports,
    report_start,
)
from kiwoomweb.operation.telling import Trouble

#: What can be measured: it writes lines and says whether every floor was reached.
Report = Callable[[Callable[[str], object], dict[str, Any]], bool]
REPORTS: Mapping[str, Report] = {
    "start": report_start.report,
    "backfill": report_backfill.report,
    "chart": report_chart.report,
    "decode": report_decode.report,
    "journal": report_journal.report,
    "relay": report_relay.report,
    "recording": report_recording.report,
    "reports": report_reports.report,
}


class Command(BaseCommand):
    """Measure what this machine makes of the promises in the README."""

    help = "약속한 수치를 이 컴퓨터에서 잽니다 (measure the README's figures on this machine)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which benchmark."""
        parser.add_argument(
            "what",
            choices=REPORTS,
            help="start: 빈 데이터베이스에서 첫 화면까지, 그리고 메모리 · backfill: 과거 내역을 읽는 속도"
            " · chart: 봉 5,000개를 그리고 체결마다 움직이는 값, Plotly 옆에 (Chromium)"
            " · decode: 체결 하나를 브라우저까지 옮기는 값"
            " · journal: 체결 백만 건, 매매 십만 건, 메모 십만 건이 든 계좌의 일지"
            " · relay: 초당 체결 5천 건을 브라우저 천 개에"
            " · recording: 틱을 적는 값과 하루의 크기"
            " · reports: 매매 십만 건이 든 계좌의 보고서 백 장",
        )
        parser.add_argument(
            "--fills", type=int, default=1_000_000, help="journal, reports: 체결 수 (how many fills)"
        )
        parser.add_argument(
            "--postgres", default="", help="journal, reports: 빈 PostgreSQL 주소 (address of an empty one)"
        )
        parser.add_argument(
            "--seconds",
            type=int,
            help="start: 메모리를 지켜볼 시간 (how long to watch)"
            " · relay: 가장 긴 시험의 길이 (the longest trial)",
        )
        parser.add_argument(
            "--browsers", type=int, default=1_000, help="relay: 브라우저 수 (how many browsers)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures; exit with 1 when one of them misses its floor."""
        try:
            reached = REPORTS[options["what"]](self.stdout.write, options)
        except Trouble as trouble:
            raise CommandError(f"{trouble.korean}\n{trouble.english}") from trouble
        sys.exit(0 if reached else 1)
