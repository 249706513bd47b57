"""``manage.py halt``: stop ordering from a terminal, with the web and the queue down if need be."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kiwoomweb.access.models import Account
from orders.errors import OrderError
from orders.selectors.halts import in_force
from orders.services.halting import halt, release
from orders.services.sending import halt_file


class Command(BaseCommand):
    help = "주문을 멈춥니다: 새 주문을 막고 미체결을 모두 취소합니다 (stop ordering, cancel what is open)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose orders, and whether to stop them or let them go again."""
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--all", action="store_true", help="모든 계좌 (every account; the default)")
        whose.add_argument("--account", metavar="CODE", help="주소에 있는 계좌 코드 (the code in its address)")
        parser.add_argument("--release", action="store_true", help="정지를 풉니다 (10분 뒤부터) (let go again)")
        parser.add_argument("--reason", default="manage.py halt", help="기록에 남길 까닭 (for the record)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Stop even when the database does not answer: the order process also heeds a file."""
        try:
            account = self._account(options["account"])
            if options["release"]:
                self._release(account)
            else:
                self._halt(account, options["reason"])
        except DatabaseError as trouble:
            if options["release"]:
                raise CommandError(f"데이터베이스가 답하지 않습니다 (no answer): {trouble}") from trouble
            self._by_file()
        except OrderError as no:
            raise CommandError(str(no)) from no

    def _account(self, code: str | None) -> Account | None:
        if not code:
            return None
        account = Account.objects.filter(code=code).first()
        if account is None:
            raise CommandError(f"그런 계좌가 없습니다 (no such account): {code}")
        return account

    def _halt(self, account: Account | None, reason: str) -> None:
        made = halt(account, None, reason, cause="command")
        whose = account or "모든 계좌 (all accounts)"
        self.stdout.write(f"■ 정지했습니다 (halted): {whose}, #{made.pk}. 미체결은 주문 프로세스가 취소합니다.")

    def _release(self, account: Account | None) -> None:
        if account is None and halt_file().exists():
            raise CommandError(f"먼저 정지 파일을 지우세요 (remove the file first): {halt_file()}")
        release(account, None)
        left = in_force(account).count()
        self.stdout.write(f"▶ 풀었습니다 (released). 남은 정지 (still in force): {left}")

    def _by_file(self) -> None:
        file: Path = halt_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        self.stdout.write(f"■ 데이터베이스가 답하지 않아 파일로 정지했습니다 (halted by file): {file}")
