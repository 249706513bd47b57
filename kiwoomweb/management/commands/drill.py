"""``manage.py drill WHAT``: the product against a world that misbehaves, on a database made for it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kiwoomweb.operation.drills.starting import drill

OPTIONS: dict[str, dict[str, tuple[int, str]]] = {
    "journal": {
        "years": (3, "계좌마다 쌓인 매매 햇수 (years of trading behind each account)"),
        "accounts": (10, "계좌 수 (accounts)"),
        "seed": (1, "같은 수는 같은 훈련 (the same number is the same drill)"),
        "days": (4, "하루씩 지켜볼 거래일 (trading days lived through one by one)"),
        "permutations": (1_000, "같은 응답을 섞어 다시 읽을 횟수 (how often the same replies are shuffled)"),
    },
    "keys": {
        "sessions": (50, "키를 읽고 바꾸는 사람 수 (sessions that read and replace keys)"),
        "changes": (12, "봉인 키를 새로 만들 횟수, 절반은 도중에 죽임 (new master keys, half of them killed)"),
        "seed": (1, "같은 수는 같은 훈련 (the same number is the same drill)"),
    },
    "mail": {
        "mails": (10_000, "보낼 편지 수 (letters to send)"),
        "workers": (2, "동시에 보내는 일꾼 수 (workers at a time)"),
        "seed": (1, "같은 수는 같은 말썽 (the same number is the same mischief)"),
    },
    "orders": {
        "trials": (10_000, "아무 데서나 죽이고 다시 시작할 주문 수 (orders, killed and restarted anywhere)"),
        "first": (0, "몇 번째 시행부터 (the first trial: to repeat one)"),
        "seed": (1, "같은 수는 같은 훈련 (the same number is the same drill)"),
        "workers": (2, "나란히 일할 프로세스 수 (processes side by side)"),
        "sequences": (20_000, "상태 기계의 무작위 이야기 수 (stories of the state machine)"),
        "races": (10_000, "같은 주문을 동시에 낼 횟수 (the same order asked for at once)"),
        "traced": (50, "시스템 호출로 확인할 주문 수, strace가 있을 때 (orders watched call by call)"),
    },
}
#: The parts of ``drill orders`` by name, and the option that says how much of each.
PARTS = {"kills": "trials", "races": "races", "stories": "sequences", "traced": "traced"}


class Command(BaseCommand):
    """Play a bad time of the product; fail when a won is off, a flag is wrong, a letter lost or doubled."""

    help = "말썽 부리는 증권사와 메일 서버로 제품을 시험합니다 (drill the product in a misbehaving world)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which drill, and how large."""
        about = (
            "journal: 여러 해, 여러 계좌 · keys: 봉인 키 교체 · mail: 일꾼을 죽임 · orders: 죽음과 회선 장애"
        )
        parser.add_argument("what", choices=list(OPTIONS), help=about)
        everything = {name: option for options in OPTIONS.values() for name, option in options.items()}
        for name, (default, words) in everything.items():
            parser.add_argument(f"--{name}", type=int, default=default, help=words)
        parser.add_argument("--only", choices=list(PARTS), help="orders: 한 부분만 (one part of it alone)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it in a process of its own; its exit code is ours."""
        what, only = options["what"], PARTS.get(options["only"] or "")
        left_out = set(PARTS.values()) - {only} if only else set()
        sys.exit(drill(what, {name: options[name] for name in OPTIONS[what] if name not in left_out}))
