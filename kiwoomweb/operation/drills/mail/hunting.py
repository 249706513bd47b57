"""Hunting: every worker dies at a random moment of its own work, another begins, until nothing is left to do.

The moment is drawn in seconds of the worker's processor, so that a busy machine kills no more often than it
works; and in real ones, so that death also comes while it only waits for a server that says nothing.
"""

import os
import signal
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from random import Random
from time import monotonic, sleep

from kiwoomweb.operation.drills.mail.worker import LEASE, work

__all__ = ["hunt"]

#: Mean lives, without memory: in seconds of the processor, and in real ones.
WORKED, LIVED = 1.5, 12.0
#: So many of the doomed are stopped for longer than a lease instead, and wake up when others have gone on.
STOPPED = 0.02
#: A round that takes longer than so many seconds for each letter has hung.
PATIENCE = 0.5
LOOK = 0.02


@dataclass(slots=True)
class _Doomed:
    """A worker and how long it has."""

    process: ForkServerProcess
    worked: float
    until: float

    @property
    def is_due(self) -> bool:
        return monotonic() > self.until or _worked(self.process) > self.worked


def hunt(luck: Random, workers: int, mails: int, *, repeats: bool) -> int:
    """How many were killed. When patience ends all are, and what is left undone will be counted."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["kiwoomweb.operation.drills.mail.preloaded"])
    running = [_begun(context, luck, repeats) for _ in range(workers)]
    kills, until = 0, monotonic() + 60 + mails * PATIENCE
    while any(one.process.is_alive() for one in running) and monotonic() < until:
        sleep(LOOK)
        for place, prey in enumerate(running):
            if not (prey.process.is_alive() and prey.is_due):
                continue
            if luck.random() < STOPPED:
                _stop_a_while(prey.process)
            prey.process.kill()
            prey.process.join()
            kills += 1
            running[place] = _begun(context, luck, repeats)
    for one in running:
        one.process.kill()
        one.process.join()
    return kills


def _begun(context: ForkServerContext, luck: Random, repeats: bool) -> _Doomed:
    process: ForkServerProcess = context.Process(target=work, args=(repeats,))
    process.start()
    return _Doomed(process, luck.expovariate(1 / WORKED), monotonic() + luck.expovariate(1 / LIVED))


def _worked(process: ForkServerProcess) -> float:
    """Seconds of the processor so far (proc(5): fields 14 and 15 of stat, in ticks)."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _stop_a_while(process: ForkServerProcess) -> None:
    """Its claim ends meanwhile; it wakes up among those who have gone on, and lives on a little."""
    if process.pid is not None:
        os.kill(process.pid, signal.SIGSTOP)
        sleep(LEASE.total_seconds() * 1.3)
        os.kill(process.pid, signal.SIGCONT)
        sleep(LEASE.total_seconds() / 3)
