"""The bell: a socket file others ring when there is something to do. Deaf, it only costs a moment."""

import select
import socket
from contextlib import suppress

from orders.services.waking import bell

__all__ = ["Bell"]


class Bell:
    """Listens while open. ``wait`` sleeps until it rings or the time is over."""

    def __init__(self) -> None:
        path = bell()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        with suppress(OSError):  # a path too long for a socket: polling alone then
            self._line.bind(str(path))
            path.chmod(0o600)
        self._line.setblocking(False)

    def wait(self, seconds: float) -> None:
        """At most so long."""
        select.select([self._line], [], [], seconds)
        with suppress(BlockingIOError):
            while self._line.recv(64):
                pass

    def close(self) -> None:
        self._line.close()
        bell().unlink(missing_ok=True)
