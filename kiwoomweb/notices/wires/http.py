"""HTTP: one POST to a place somebody named, behind the guard, with an end to its patience."""

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiwoomweb.notices.wires.deadline import deadline
from kiwoomweb.notices.wires.guard import Target, vetted

__all__ = ["Reply", "Unsent", "Unsure", "ask"]

#: Seconds to connect, and for the whole exchange.
CONNECT, EXCHANGE = 10, 30
#: Bytes of an answer that are read; a stranger may send a film.
MOST = 65_536


class Unsent(Exception):
    """Nothing was taken: no connection, or no permission for the last byte."""


class Unsure(Exception):
    """The request was out, the answer was not in."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes


def ask(
    where: Target,
    body: bytes,
    headers: Mapping[str, str],
    last_byte: Callable[[], bool] = lambda: True,
    exchange: float = EXCHANGE,
) -> Reply:
    """POST and read the answer; a redirect is an answer like any other. Raises ``Forbidden``, ``Unsent``,
    ``Unsure``."""
    line = _connected(where)
    connection = http.client.HTTPConnection(where.host, where.port)
    connection.sock = line
    try:
        if not last_byte():
            raise Unsent("")
        with deadline(line, exchange):
            connection.request("POST", where.path, body, dict(headers))
            answer = connection.getresponse()
            return Reply(answer.status, answer.read(MOST))
    except (OSError, http.client.HTTPException) as trouble:
        raise Unsure(_words(trouble)) from None
    finally:
        connection.close()


def _connected(where: Target) -> socket.socket:
    try:
        line = socket.create_connection(vetted(where.host, where.port), CONNECT)
        if not where.tls:
            return line
        with deadline(line, CONNECT):
            return ssl.create_default_context().wrap_socket(line, server_hostname=where.host)
    except OSError as trouble:
        raise Unsent(_words(trouble)) from None


def _words(trouble: Exception) -> str:
    return "timeout" if isinstance(trouble, TimeoutError) else f"{type(trouble).__name__}: {trouble}"[:200]
