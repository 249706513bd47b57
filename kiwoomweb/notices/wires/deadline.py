"""Deadline: a socket is cut when the whole of something takes too long.

A timeout of a socket begins anew with every byte, so that a server which sends one now and then could hold a
worker for ever.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["deadline"]


@contextmanager
def deadline(line: socket.socket, seconds: float) -> Iterator[None]:
    """Cut the line when the block is not left in time; whoever reads from it then gets an error."""
    timer = threading.Timer(seconds, _cut, (line,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
