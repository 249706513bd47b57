"""``manage.py faults``: have the practice broker misbehave, and move its clock.

``list``, ``set KIND --tr kt00018 --count 3``, ``clear``, and ``clock --pause | --speed 60 | --jump MOMENT``.
"""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.operation.control_door import ask_door
from kiwoomweb.operation.telling import Trouble
from kiwoomweb.simulator.faults import KINDS

#: Option -> its type and what it says.
DETAILS: dict[str, tuple[type, str]] = {
    "tr": (str, "이 TR만 (only this TR): kt00018"),
    "count": (int, "요청 몇 번 동안 (for so many requests)"),
    "lasting": (float, "몇 초 동안 (for so many seconds)"),
    "after": (int, "처음 몇 번은 그냥 두기 (let so many pass first)"),
    "seconds": (float, "hang, slow: 몇 초 (how long)"),
    "status": (int, "status: HTTP 코드 (which status)"),
    "code": (str, "refuse: 8xxx 코드 (which code)"),
    "page": (int, "broken_paging: 몇째 쪽 (which page)"),
    "user_agent": (str, "blocked: 이 글자가 든 User-Agent만 (only callers that contain it)"),
}


class Command(BaseCommand):
    """Ask the control door of the practice broker that runs on this machine."""

    help = "연습 거래소에 고장을 내고 시계를 옮깁니다 (make the practice broker misbehave, move its clock)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--state", type=Path, help="연습 거래소의 폴더 (its folder), var/simulator")
        what = parser.add_subparsers(dest="what", required=True, metavar="list|set|clear|clock")
        what.add_parser("list", help="지금 걸린 고장과 걸 수 있는 고장 (faults in force, and all kinds)")
        what.add_parser("clear", help="모두 풀기 (end them all)")
        fault = what.add_parser("set", help="고장 내기 (set one)")
        fault.add_argument("kind", help="manage.py faults list")
        for name, (kind, words) in DETAILS.items():
            fault.add_argument(f"--{name.replace('_', '-')}", type=kind, help=words)
        clock = what.add_parser("clock", help="시계 (the virtual clock)")
        clock.add_argument("--pause", action="store_true", default=None, help="멈추기 (stop it)")
        clock.add_argument("--speed", type=float, help="초당 몇 초로 가기 (virtual seconds a second)")
        clock.add_argument("--jump", help="그때로 가기 (go there): 2026-11-20T15:20+09:00")

    def handle(self, *args: Any, **options: Any) -> None:
        state = options["state"] or settings.VAR / "simulator"
        what = options["what"]
        _check(options)
        try:
            if what == "clock":
                self._show_clock(ask_door(state, "clock", _given(options, "pause", "speed", "jump")))
            else:
                wanted = {"clear": True} if what == "clear" else _given(options, "kind", *DETAILS)
                self._show(ask_door(state, "faults", wanted), kinds=what == "list")
        except Trouble as trouble:
            raise CommandError(f"{trouble.korean}\n{trouble.english}") from None

    def _show(self, said: dict[str, Any], *, kinds: bool) -> None:
        for fault in said["faults"]:
            told = [f"{name}={fault[name]}" for name in ("tr", "count", "lasting") if fault[name]]
            self.stdout.write(f"● {fault['kind']}  {' '.join(told)}".rstrip())
        if not said["faults"]:
            self.stdout.write("걸린 고장이 없습니다. No fault is in force.")
        if kinds:
            self.stdout.writelines(f"  {name:<16}{words}" for name, words in KINDS.items())

    def _show_clock(self, said: dict[str, Any]) -> None:
        speed = f"× {said['speed']:g}" if said["speed"] else "멈춤 (paused)"
        self.stdout.write(f"{said['now']}  {speed}")


def _check(options: dict[str, Any]) -> None:
    """What the door would refuse, said in both languages before anybody is asked."""
    kind, moment = options.get("kind"), options.get("jump")
    if kind is not None and kind not in KINDS:
        known = ", ".join(KINDS)
        raise CommandError(f"'{kind}'라는 고장은 없습니다: {known}\nThere is no such fault: {kind}")
    if moment is not None and not _is_moment(moment):
        raise CommandError(
            f"--jump {moment}: 2026-11-20T15:20+09:00 형식이어야 합니다.\nA moment with an offset is needed."
        )


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _given(options: dict[str, Any], *names: str) -> dict[str, Any]:
    """What somebody wrote on the command line, and nothing they did not."""
    return {name: options[name] for name in names if options.get(name) is not None}
