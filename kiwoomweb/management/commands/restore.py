"""``manage.py restore FILE``: an archive back into an empty install, checked before and compared after."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.access.models import User


class Command(BaseCommand):
    """Make the tables when there are none yet, then take everything back in one transaction."""

    help = "보관한 파일을 빈 설치에 되돌립니다 (restore an archive into an empty install)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="manage.py archive가 만든 파일 (made by manage.py archive)")

    def handle(self, *args: Any, **options: Any) -> None:
        from portfolio.services.archiving import ArchiveError, restore

        call_command("migrate", interactive=False, verbosity=0)
        try:
            told = restore(options["file"])
        except ArchiveError as wrong:
            raise CommandError(str(wrong)) from None
        rows = sum(each["rows"] for each in told["files"].values())
        self.stdout.write(
            f"{rows:,}행을 되돌렸고 보관한 것과 같습니다. {rows:,} rows restored, equal to the archive."
        )
        people = ", ".join(User.objects.order_by("pk").values_list("email", flat=True))
        self.stdout.write(
            "비밀번호와 키움 키는 보관하지 않습니다. 다시 넣으세요 (enter passwords and keys anew):"
        )
        self.stdout.write(f"  python3 manage.py changepassword EMAIL    ({people})")
