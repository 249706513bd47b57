"""Posts: which process holds the order desk. One lease in the database, fenced; beside a lock on a file.

The lock keeps a second process of this machine out. The lease keeps out one of another machine, and one that
was paused so long that its term is over: a claim names the fence it was made under.
"""

import os
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import F, Q, QuerySet

from orders.models import Command, OrderProcess

__all__ = [
    "TERM",
    "Post",
    "end_leftover",
    "give_back",
    "holds",
    "me",
    "reckoned",
    "renew",
    "sender_is_gone",
    "take",
]

#: A term lasts so long without renewal; renewals come every second.
TERM = timedelta(seconds=10)
NAME = "orders"


@dataclass(frozen=True, slots=True)
class Post:
    """This process, by what names it for good: the boot, the process id and when it started; and its term."""

    holder: str
    boot_id: str
    pid: int
    pid_started: int
    fence: int = 0


def me() -> Post:
    """This process, without a term yet."""
    pid = os.getpid()
    return Post(f"{socket.gethostname()[:40]}:{pid}", _boot_id(), pid, _started(pid) or 0)


def reckoned() -> float:
    """Seconds by a clock that nobody can set and that goes on while a machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def take(post: Post, now: datetime) -> Post | None:
    """A new term for us, or ``None`` while somebody else's runs. Whose process has ended leaves at once."""
    desk, _made = OrderProcess.objects.get_or_create(name=NAME, defaults={"expires": now})
    free = OrderProcess.objects.filter(Q(expires__lte=now) | Q(holder=""), name=NAME)
    if desk.boot_id and desk.boot_id == post.boot_id and _started(desk.pid) != desk.pid_started:
        free = OrderProcess.objects.filter(name=NAME, fence=desk.fence)
    named = {"holder": post.holder, "boot_id": post.boot_id, "pid": post.pid, "pid_started": post.pid_started}
    if free.update(fence=F("fence") + 1, expires=now + TERM, **named) != 1:
        return None
    return replace(post, fence=OrderProcess.objects.values_list("fence", flat=True).get(name=NAME))


def renew(post: Post, now: datetime) -> bool:
    """Stay for another term. ``False``: somebody else has the desk; stop at once."""
    return _ours(post).update(expires=now + TERM) == 1


def give_back(post: Post) -> None:
    """Leave the desk to whoever comes next."""
    _ours(post).update(holder="")


def holds(post: Post, now: datetime) -> bool:
    """Whether our term still runs."""
    return _ours(post).filter(expires__gt=now).exists()


def _ours(post: Post) -> QuerySet[OrderProcess]:
    return OrderProcess.objects.filter(name=NAME, holder=post.holder, fence=post.fence)


def sender_is_gone(command: Command, post: Post) -> bool:
    """Whether it is *proved* that whoever claimed the command can send nothing any more.

    Our own threads are asked elsewhere. A process of another boot is gone; so is one whose number belongs to
    nobody, or to somebody who started later.
    """
    if (command.boot_id, command.pid, command.pid_started) == (post.boot_id, post.pid, post.pid_started):
        return False
    if not command.boot_id or command.boot_id != post.boot_id:
        return bool(command.boot_id)
    return _started(command.pid) != command.pid_started


def end_leftover(command: Command, post: Post) -> bool:
    """End the process that claimed the command, if it lives and is certainly that one; whether it is gone."""
    if sender_is_gone(command, post):
        return True
    if command.pid == post.pid or _started(command.pid) != command.pid_started:
        return False
    with suppress(ProcessLookupError, PermissionError):
        os.kill(command.pid, signal.SIGKILL)
    for _ in range(100):
        if sender_is_gone(command, post):
            return True
        time.sleep(0.01)
    return False


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _started(pid: int) -> int | None:
    """When the process started, in ticks since the boot; ``None`` when there is none, or only its remains."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if after_name[0] in "ZX" else int(after_name[19])
