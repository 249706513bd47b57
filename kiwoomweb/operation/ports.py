"""Ports: is one free, and which one to take instead."""

import errno
import socket

from kiwoomweb.operation.telling import Trouble

__all__ = ["check_free", "free_port"]


def check_free(host: str, port: int) -> None:
    """Raise Trouble with what to do when nobody can listen on ``host:port``."""
    try:
        _listen(host, port)
    except OSError as error:
        raise _trouble(host, port, error) from error


def free_port(host: str, wished: int, but: int = 0) -> int:
    """The wished port, or any other free one when it is taken or another program will take it (``but``)."""
    try:
        return _listen(host, 0 if wished == but else wished)
    except OSError:
        return _listen(host, 0)


def _listen(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        return int(trial.getsockname()[1])


def _trouble(host: str, port: int, error: OSError) -> Trouble:
    if error.errno == errno.EADDRINUSE:
        return Trouble(
            f"{port}번 포트를 다른 프로그램이 쓰고 있습니다. 다른 포트로: manage.py up --port {port + 1}",
            f"Port {port} is taken by another program. Use another: manage.py up --port {port + 1}",
        )
    if error.errno == errno.EACCES:
        return Trouble(
            f"{port}번 포트를 열 권한이 없습니다. 1024보다 큰 번호를 쓰세요: manage.py up --port 8000",
            f"No permission to open port {port}. Take one above 1024: manage.py up --port 8000",
        )
    return Trouble(
        f"{host}:{port}에서 접속을 받을 수 없습니다: {error.strerror}",
        f"Cannot listen on {host}:{port}: {error.strerror}",
    )
