"""Processor time of running programs, from the kernel. Linux only."""

from collections.abc import Iterable
from pathlib import Path

__all__ = ["memory", "seconds_used"]


def seconds_used(pids: Iterable[int]) -> float:
    """Seconds all threads of these processes have run since they began."""
    return sum(_of(pid) for pid in pids)


def _of(pid: int) -> float:
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def memory(pid: int) -> float:
    """Megabytes of its own that a process holds now; all it holds, where it keeps its memory closed to us."""
    try:
        told, name = Path(f"/proc/{pid}/smaps_rollup").read_text(), "Pss:"
    except PermissionError:
        told, name = Path(f"/proc/{pid}/status").read_text(), "VmRSS:"
    for line in told.splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0
