"""Closed memory: what a process that has opened keys holds is nobody else's to look at.

Another program of the same user could read its memory and its environment, and a crash would leave both on the
disk. On Linux the process says that it does not want that; elsewhere only core files are forbidden.
"""

import ctypes
import sys

__all__ = ["close_memory"]

PR_SET_DUMPABLE = 4


def close_memory() -> bool:
    """No core file, no debugger, no ``/proc/<pid>/mem``. Whether the system has taken it."""
    try:
        import resource
    except ImportError:  # not on this system
        return False
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
