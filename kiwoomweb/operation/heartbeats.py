"""Heartbeats: each long-running process says "alive" in the shared cache; ``/healthz`` reads the ages."""

import time
from typing import Literal

from django.core.cache import cache

__all__ = ["LATE_AFTER", "Process", "ages", "beat"]

Process = Literal["worker", "stream", "orders"]
PROCESSES: tuple[Process, ...] = ("worker", "stream", "orders")

#: A process that has been silent this long, in seconds, is called late. Beats come every 5 seconds.
LATE_AFTER = 20
#: A silence this long, in seconds, is forgotten: the process is then "not seen".
FORGET_AFTER = 3600


def beat(process: Process) -> None:
    """Say that ``process`` is alive now."""
    cache.set(_key(process), time.time(), FORGET_AFTER)


def ages() -> dict[Process, float | None]:
    """Seconds since each process was last heard; None when it was not heard within the hour."""
    now = time.time()
    seen = cache.get_many([_key(process) for process in PROCESSES])
    return {process: _age(seen.get(_key(process)), now) for process in PROCESSES}


def _age(heard: float | None, now: float) -> float | None:
    return None if heard is None else round(max(now - heard, 0.0), 1)


def _key(process: Process) -> str:
    return f"heartbeat.{process}"
