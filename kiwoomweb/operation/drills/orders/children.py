"""Children: fork, let the child tell line by line, kill it or see how it ended.

Whoever forks holds no connection and no thread. What a child tells comes through a pipe as lines of JSON, so
that what it said before it was killed is known.
"""

import gc
import json
import os
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from django.db import connections

__all__ = ["STANDING", "Say", "child", "reap"]

Say = Callable[[dict[str, Any]], None]
#: Seconds after which a child that still runs is an error of the drill.
PATIENCE = 120.0
#: What a child says just before it stops itself.
STANDING = "standing"


def child(
    work: Callable[[Say], None], *, kill_after: float = 0.0, since: str = "acting"
) -> tuple[int, dict[str, Any]]:
    """Fork and do the work there. Gives the signal or code it ended with, and all it said in one.

    ``kill_after`` seconds after it has said ``since`` it is killed, wherever it is. A child that stops itself
    is left standing: its status is the signal SIGSTOP.
    """
    connections.close_all()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _do(work, theirs)
    os.close(theirs)
    try:
        said = _hear(ours, pid, kill_after, since)
    finally:
        os.close(ours)
    status = os.waitpid(pid, os.WUNTRACED)[1]
    if os.WIFSTOPPED(status):
        return signal.SIGSTOP, said
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status), said


def reap() -> None:
    """Take leave of those that stood still and were ended by somebody else."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _do(work: Callable[[Say], None], line: int) -> NoReturn:
    gc.disable()  # it lives for a moment

    def say(what: dict[str, Any]) -> None:
        os.write(line, json.dumps(what, default=str).encode() + b"\n")

    try:
        work(say)
    except BaseException as trouble:
        import traceback

        say({"error": f"{type(trouble).__name__}: {trouble}", "at": traceback.format_exc()[-1500:]})
        os._exit(1)
    os._exit(0)


def _hear(line: int, pid: int, kill_after: float, since: str) -> dict[str, Any]:
    """All it says, until its end of the pipe is closed or it says that it will stand still."""
    said: dict[str, Any] = {}
    rest, until = b"", time.monotonic() + PATIENCE
    while STANDING not in said:
        if not select.select([line], [], [], max(until - time.monotonic(), 0))[0]:
            os.kill(pid, signal.SIGKILL)
            if not kill_after or since not in said:
                said["error"] = "it did not end"
            until = time.monotonic() + PATIENCE
            continue
        piece = os.read(line, 1 << 16)
        if not piece:
            break
        *whole, rest = (rest + piece).split(b"\n")
        for one in whole:
            said |= json.loads(one)
            if kill_after and since in json.loads(one):
                until = time.monotonic() + kill_after
    return said
