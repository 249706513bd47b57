"""``manage.py halt``: stop ordering from a terminal, with the web and the queue down if need be."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.domain import is_gold
from market.selectors.instruments import instrument
from orders.errors import OrderError
from orders.selectors.halts import standing
from orders.selectors.stops import whose as whose_of
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
        parser.add_argument("--member", metavar="EMAIL", help="이 사람의 주문만 (only this person's orders)")
        parser.add_argument("--symbol", metavar="CODE", help="이 종목의 주문만 (only orders of this symbol)")
        parser.add_argument("--release", action="store_true", help="정지를 풉니다 (10분 뒤부터) (let go again)")
        parser.add_argument("--reason", default="manage.py halt", help="기록에 남길 까닭 (for the record)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Stop even when the database does not answer: the order process also heeds a file."""
        try:
            account = self._account(options["account"])
            whose = {"member": self._member(options["member"]), "symbol": self._symbol(options["symbol"])}
            if options["release"]:
                self._release(account, whose)
            else:
                self._halt(account, options["reason"], whose)
        except DatabaseError as trouble:
            if options["release"]:
                raise CommandError(f"데이터베이스가 답하지 않습니다 (no answer): {trouble}") from trouble
            self._by_file()  # who or what was named cannot be looked up: everything stops
        except OrderError as no:
            raise CommandError(str(no)) from no

    def _account(self, code: str | None) -> Account | None:
        if not code:
            return None
        account = Account.objects.filter(code=code).first()
        if account is None:
            raise CommandError(f"그런 계좌가 없습니다 (no such account): {code}")
        return account

    def _member(self, email: str | None) -> User | None:
        if not email:
            return None
        person = User.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            raise CommandError(f"그런 사람이 없습니다 (no such person): {email}")
        return person

    def _symbol(self, code: str | None) -> str:
        symbol = (code or "").strip().upper()
        if symbol and not is_gold(symbol) and instrument(symbol) is None:
            raise CommandError(f"그런 종목이 없습니다 (no such symbol): {symbol}")
        return symbol

    def _halt(self, account: Account | None, reason: str, whose: dict[str, Any]) -> None:
        made = halt(account, None, reason, cause="command", **whose)
        where = " · ".join(filter(None, (str(account or "모든 계좌 (all accounts)"), whose_of(made))))
        self.stdout.write(f"■ 정지했습니다 (halted): {where}, #{made.pk}. 미체결은 주문 프로세스가 취소합니다.")

    def _release(self, account: Account | None, whose: dict[str, Any]) -> None:
        if account is None and halt_file().exists() and not any(whose.values()):
            raise CommandError(f"먼저 정지 파일을 지우세요 (remove the file first): {halt_file()}")
        release(account, None, **whose)
        left = standing(account).count()
        self.stdout.write(f"▶ 풀었습니다 (released). 남은 정지 (still in force): {left}")

    def _by_file(self) -> None:
        file: Path = halt_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        self.stdout.write(f"■ 데이터베이스가 답하지 않아 파일로 정지했습니다 (halted by file): {file}")
