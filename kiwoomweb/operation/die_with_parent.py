"""Die with the parent: run a program that the kernel ends when its supervisor is gone, however it went.

``python die_with_parent.py PARENT PROGRAM ARGUMENT…`` with the supervisor's process id. Without it every child
outlives a killed supervisor, and the next start opens the same files a second time. Linux only; elsewhere the
program runs without that promise and the lock on the data folder remains. Standard library only, because it
starts before every process.
"""

import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Replace this process by ``command``, unless the parent is gone already."""
    if sys.platform == "linux":
        _ask_kernel(parent)
    os.execvp(command[0], command)


def _ask_kernel(parent: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it went before the kernel knew: somebody else has adopted us
        sys.exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
