"""``manage.py reseal [--new-key]``: bring everything that is sealed under the newest sealing key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.services.resealing import Outcome, new_keys, reseal

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Re-seal all stored broker keys under the newest sealing keys. Safe to stop and to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new-key",
            action="store_true",
            help="add a new key to the ring, and a new pair for the order process, first",
        )

    def handle(self, *args: Any, new_key: bool, **options: Any) -> None:
        try:
            if new_key:
                version = new_keys()
                self.stdout.write(_("봉인 키 %(version)d번을 만들었습니다.") % {"version": version})
            self._tell(reseal())
        except SealError as trouble:
            raise CommandError(str(trouble)) from None

    def _tell(self, outcome: Outcome) -> None:
        self.stdout.write(
            _("%(done)d개 계좌의 키를 %(version)d번 키로 다시 봉인했습니다.")
            % {"done": outcome.done, "version": outcome.version}
        )
        if outcome.others:
            self.stdout.write(_("그 밖에 봉인한 것 %(n)d개도 다시 봉인했습니다.") % {"n": outcome.others})
        if outcome.unreadable:
            names = ", ".join(outcome.unreadable)
            raise CommandError(
                _("열 수 없어 그대로 둔 계좌: %(names)s. 키를 다시 등록하세요.") % {"names": names}
            )
