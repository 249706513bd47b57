"""Die with the parent: run a program that the kernel ends when its supervisor is gone, however it went.

``python die_with_parent.py PROGRAM ARGUMENT…``. Without it every child outlives a killed supervisor, and the
next start opens the same files a second time. Linux only; elsewhere the program runs without that promise and
the lock on the data folder remains. Standard library only, because it starts before every process.
"""

import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(command: list[str]) -> None:
    """Replace this process by ``command``."""
    if sys.platform == "linux":
        _ask_kernel(parent=os.getppid())
    os.execvp(command[0], command)


def _ask_kernel(parent: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it went before the kernel knew
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
