"""``manage.py licences``: what the program is made of; ``--advisories`` asks what is known to be weak."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.operation.advisories import SERVICE, Advisory, Unreachable, advisories
from kiwoomweb.operation.licences import complaints, listed, locked, written
from kiwoomweb.operation.scripts import known_weak, scripts

__all__ = ["Command"]


class Command(BaseCommand):
    """Offline unless asked about advisories."""

    help = "쓰는 것들의 사용 조건과 알려진 약점 (licences of what runs, and known weaknesses)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write licences.tsv anew")
        parser.add_argument("--advisories", action="store_true", help="ask a public database (network)")
        parser.add_argument("--service", default=SERVICE, help="where to ask")

    def handle(self, *, write: bool, advisories: bool, service: str, **options: Any) -> None:
        if write:
            written()
        if found := list(complaints()):
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(listed())} parts are what licences.tsv says.")
        _refuse(known_weak(scripts()))
        if advisories:
            self._ask(service)

    def _ask(self, service: str) -> None:
        try:
            known = advisories(locked(), service=service) + advisories(scripts(), "npm", service)
        except Unreachable as trouble:
            raise CommandError(
                f"약점 데이터베이스에 닿지 못해 아무것도 확인하지 못했습니다 ({trouble}). "
                "네트워크가 되는 곳에서 다시 하세요.\n"
                f"The database of advisories was not reached, so nothing was checked ({trouble}). "
                "Run this where a network allows it."
            ) from None
        _refuse(known)
        self.stdout.write("알려진 약점이 없습니다. (no known weakness)")


def _refuse(weak: list[Advisory]) -> None:
    if weak:
        raise CommandError("\n".join(f"{each.name} {each.version}: {', '.join(each.ids)}" for each in weak))
