"""``manage.py bounced < MESSAGE``: a mail that came back to ``EMAIL_FROM``, from an alias of the server."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from kiwoomweb.notices.services.bouncing import take_bounce

#: A bounce is small; whoever pipes a film is not read to its end.
MOST = 2_000_000


class Command(BaseCommand):
    """Read one bounce from standard input and show it to the owner of the letter."""

    help = "돌아온 메일을 표준 입력으로 읽어 그 편지의 주인에게 보입니다 (read a bounce from standard input)"

    def handle(self, *args: Any, **options: Any) -> None:
        """Says which letter it was about; nothing of ours is no error, for the alias gets all kinds of mail."""
        row = take_bounce(sys.stdin.buffer.read(MOST))
        self.stdout.write(f"{row.code} {row.state}" if row else "우리 편지가 아닙니다 (not one of ours)")
