"""Supervision: supervisord in this process, with what a person wants to hear about it on the terminal."""

import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from supervisor import events
from supervisor.compat import as_string
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.process import Subprocess
from supervisor.states import ProcessStates, SupervisorStates
from supervisor.supervisord import Supervisor

from kiwoomweb.operation.opening import Opening
from kiwoomweb.operation.plan import Plan
from kiwoomweb.operation.programs import PREPARE
from kiwoomweb.operation.telling import tell

__all__ = ["supervise"]

#: Seconds until a program that failed to start over and over is tried again.
TRY_AGAIN_AFTER = 60
#: Lines of a log shown when preparing failed.
LAST_WORDS = 15
#: Letters of a log line that fit beside what we say about it.
LINE = 200


def supervise(plan: Plan, configuration: str) -> int:
    """Run the programs of the configuration file until told to stop; the exit code of ``manage.py up``."""
    options = ServerOptions()
    options.realize(["-c", configuration])
    options.first, options.test = True, False  # as supervisord's own main() would set them
    supervision = _Supervision(options, plan)
    with suppress(ExitNow):  # how supervisord ends
        supervision.main()
    tell("모두 멈췄습니다", "everything has stopped", mark="✓")
    return supervision.exit_code


class _Supervision(Supervisor):
    """Supervisord that starts in two waves and reports in plain sentences."""

    def __init__(self, options: Any, plan: Plan) -> None:
        super().__init__(options)
        self.exit_code = 0
        #: Under nohup a closed terminal is no reason to stop; otherwise it ends everything, as it should.
        self._outlives_terminal = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        self._plan = plan
        self._page_is_open = False
        self._hear: dict[type, Callable[[Any], None]] = {
            events.ProcessLogStdoutEvent: self._pass_on,
            events.ProcessStateExitedEvent: self._ended,
            events.ProcessStateBackoffEvent: self._failed_to_start,
            events.ProcessStateFatalEvent: self._gave_up,
            events.SupervisorStoppingEvent: self._stopping,
        }

    def runforever(self) -> None:
        """Supervisord's loop, listened to."""
        if self._outlives_terminal:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        for kind, hear in self._hear.items():
            events.subscribe(kind, hear)
        Opening(self._plan, time.monotonic(), self._open).start()
        super().runforever()

    def tick(self, now: float | None = None) -> None:
        """Once a round: start what waited for the page, and try again what had given up."""
        super().tick(now)
        if self.options.mood != SupervisorStates.RUNNING or not self._page_is_open:
            return
        for process in self._processes():
            state = process.get_state()
            never_ran = state == ProcessStates.STOPPED and not process.laststart
            rested = state == ProcessStates.FATAL and time.time() - process.laststop > TRY_AGAIN_AFTER
            if never_ran or rested:
                process.spawn()

    def _processes(self) -> list[Subprocess]:
        return [process for group in self.process_groups.values() for process in group.processes.values()]

    def _open(self) -> None:
        self._page_is_open = True

    def _pass_on(self, event: Any) -> None:
        tell(as_string(event.data).rstrip("\n"), mark="")

    def _ended(self, event: Any) -> None:
        name = event.process.config.name
        if name != PREPARE:
            tell(f"{name}: 갑자기 끝나 다시 시작합니다", f"{name} ended unexpectedly; started again", mark="!")
        elif event.process.exitstatus != 0:
            self._cannot_prepare()

    def _failed_to_start(self, event: Any) -> None:
        name, wait = event.process.config.name, event.process.backoff
        tell(
            f"{name}: 시작하지 못해 {wait}초 뒤 다시 시도합니다: {self._last_words(name, 1)[:LINE]}",
            f"{name} did not start; again in {wait} s",
            mark="!",
        )

    def _gave_up(self, event: Any) -> None:
        name = event.process.config.name
        tell(
            f"{name}: 계속 실패합니다. {TRY_AGAIN_AFTER}초 뒤 다시 시도합니다 → {self._log(name)}",
            f"{name} keeps failing; see its log",
            mark="✗",
        )

    def _cannot_prepare(self) -> None:
        self.exit_code = 1
        self.options.mood = SupervisorStates.SHUTDOWN
        tell("준비하지 못해 멈춥니다. 로그의 마지막:", "could not prepare; the log ends with", mark="✗")
        tell(self._last_words(PREPARE, LAST_WORDS), mark="")

    def _stopping(self, event: Any) -> None:
        tell("멈추는 중입니다", "stopping")

    def _last_words(self, name: str, lines: int) -> str:
        log = self._log(name)
        said = log.read_text(errors="replace").splitlines() if log.exists() else []
        return "\n".join([line for line in said if line.strip()][-lines:])

    def _log(self, name: str) -> Path:
        return self._plan.logs / f"{name}.log"
