"""Landlock: have the Linux kernel keep one folder from this process and its children, for good, without root.

Landlock grants and never takes away: allowed is reading files beneath everything that lies beside the way to
the folder. What is made later directly on that way cannot be read either, so the folder must not lie where this
process makes files. Only reading files is governed, and moving files between folders, which would lead around
it. Standard library only.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

__all__ = ["is_offered", "keep_from"]

#: The same numbers on every architecture we run on.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION, PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38
READ_FILE, REFER = 1 << 2, 1 << 13
#: The first with ``REFER`` (Linux 5.19): before it no file could be moved to another folder at all.
OLDEST = 2


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def is_offered() -> bool:
    """Whether this kernel has it and lets us use it."""
    return sys.platform == "linux" and _call(CREATE_RULESET, None, 0, ASK_VERSION) >= OLDEST


def keep_from(folder: Path) -> None:
    """This process, which has one thread yet, reads no file in ``folder`` any more. Raises ``OSError``."""
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        raise OSError(f"{threads} threads: the others would go on reading")
    rules = _Ruleset(READ_FILE | REFER)
    handle = _done(_call(CREATE_RULESET, ctypes.byref(rules), ctypes.sizeof(rules), 0))
    try:
        for place in _beside(folder.resolve()):
            _allow(handle, place)
        _done(_system().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _done(_call(RESTRICT_SELF, handle, 0))
    finally:
        os.close(handle)


def _beside(folder: Path) -> Iterator[Path]:
    """Everything beside the way to the folder. What a link leads to lies beside it itself, or not."""
    way = [*reversed(folder.parents), folder]
    for above, step in pairwise(way):
        with os.scandir(above) as entries:
            yield from (Path(one.path) for one in entries if one.name != step.name and not one.is_symlink())


def _allow(handle: int, place: Path) -> None:
    try:
        opened = os.open(place, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):  # gone since, or closed to us anyway
        return
    try:
        access = READ_FILE | REFER if place.is_dir() else READ_FILE
        rule = _Beneath(access, opened)
        _done(_call(ADD_RULE, handle, PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    return int(_system().syscall(number, *arguments))


@cache
def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _done(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
