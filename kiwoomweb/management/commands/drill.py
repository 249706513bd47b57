"""``manage.py drill WHAT``: the product against a broker that misbehaves, on a database made for it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kiwoomweb.operation.drills.starting import drill

OPTIONS = {
    "years": (3, "계좌마다 쌓인 매매 햇수 (years of trading behind each account)"),
    "accounts": (10, "계좌 수 (accounts)"),
    "seed": (1, "같은 수는 같은 훈련 (the same number is the same drill)"),
    "days": (4, "하루씩 지켜볼 거래일 (trading days lived through one by one)"),
    "permutations": (1_000, "같은 응답을 섞어 다시 읽을 횟수 (how often the same replies are shuffled)"),
}


class Command(BaseCommand):
    """Read years of trades while the practice broker misbehaves; fail when a won is off or a flag is wrong."""

    help = "말썽 부리는 연습 증권사로 매매일지를 시험합니다 (drill the journal against a misbehaving broker)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which drill, and how large."""
        parser.add_argument("what", choices=["journal"], help="journal: 여러 해, 여러 계좌, 모든 장애")
        for name, (default, words) in OPTIONS.items():
            parser.add_argument(f"--{name}", type=int, default=default, help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it in a process of its own; its exit code is ours."""
        sys.exit(drill(options["what"], {name: options[name] for name in OPTIONS}))
