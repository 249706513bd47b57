"""``manage.py archive --out FILE``: everything that was ever recorded, in one file that can be restored."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.access.models import Account


class Command(BaseCommand):
    """Write the archive of all teams, or of one account."""

    help = "모든 기록을 한 파일로 보관합니다 (archive everything in one file)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="만들 파일 (the file to make): journal.zip")
        parser.add_argument("--account", help="이 계좌만, 주소에 나오는 이름 (only this account, by its code)")
        parser.add_argument("--force", action="store_true", help="있는 파일을 바꿉니다 (replace the file)")

    def handle(self, *args: Any, **options: Any) -> None:
        from portfolio.services.archiving import write

        out: Path = options["out"]
        if out.exists() and not options["force"]:
            raise CommandError(
                f"이미 있는 파일입니다. 바꾸려면 --force: {out}\nThe file exists; --force replaces it."
            )
        if not out.parent.is_dir():
            raise CommandError(f"그런 폴더가 없습니다: {out.parent}\nThere is no such folder.")
        told = write(out, _account(options["account"]))
        rows = sum(each["rows"] for each in told["files"].values())
        self.stdout.write(f"{out}  {rows:,}행 (rows)  {out.stat().st_size:,} bytes")
        self.stdout.write("키와 비밀번호는 들어 있지 않습니다. No key and no password is in it.")


def _account(code: str | None) -> Account | None:
    if code is None:
        return None
    account = Account.objects.filter(code=code).first()
    if account is None:
        raise CommandError(f"그런 계좌가 없습니다: {code}\nThere is no such account.")
    return account
