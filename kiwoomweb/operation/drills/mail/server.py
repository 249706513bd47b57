"""A mail server on loopback that does what it is told to, and counts what it has taken by Message-ID.

What it *accepted* is what it would deliver: a message whose final dot it has read and not refused. Whether the
sender heard of it is another matter, which is what it is for.
"""

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

__all__ = ["Fault", "MailServer"]

#: A phase that hangs is let go after so long at the latest, in seconds.
LONGEST_HANG = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """``at``: greeting, ehlo, mail, rcpt, data, body or dot. ``kind``: a reply such as ``451 later``, or
    ``cut``, ``hang``; at the dot also ``taken_cut`` and ``taken_hang`` (accepted, but nobody hears of it)."""

    at: str
    kind: str


#: Asked once for each connection: what is to go wrong in it.
Script = Callable[[], Fault | None]


@dataclass
class MailServer:
    """``with MailServer() as server``: listens on ``port`` until the block is left."""

    script: Script = lambda: None
    tls: ssl.SSLContext | None = None
    #: TLS from the first byte instead of STARTTLS.
    from_the_start: bool = False
    taken: Counter[str] = field(default_factory=Counter)
    messages: list[bytes] = field(default_factory=list)
    #: Keeps the messages themselves; a drill only counts.
    keeping: bool = True
    connections: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "MailServer":
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.port: int = self._door.getsockname()[1]
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._listener.join()
        with self._lock:
            still_open = list(self._open)
        for line in still_open:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def accept(self, message: bytes) -> None:
        """Responsibility for this message is ours from here on."""
        number = _message_id(message)
        with self._lock:
            self.taken[number] += 1
            if self.keeping:
                self.messages.append(message)

    def hang(self) -> None:
        """Say nothing, until the drill is over or patience is."""
        self._over.wait(LONGEST_HANG)

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            with self._lock:
                self._open.add(line)
            self._threads = [one for one in self._threads if one.is_alive()]
            thread = threading.Thread(target=self._serve, args=(line,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        try:
            _Conversation(self, line, self.script()).hold()
        except (OSError, _Cut):
            pass  # the sender has gone, or was to be cut off
        finally:
            with self._lock:
                self._open.discard(line)
            line.close()


class _Cut(Exception):
    """Hang up here."""


class _Conversation:
    """One connection, any number of messages."""

    def __init__(self, server: MailServer, line: socket.socket, fault: Fault | None) -> None:
        self.server, self.fault = server, fault
        self._bind(line)
        if server.tls and server.from_the_start:
            self._bind(server.tls.wrap_socket(line, server_side=True))

    def _bind(self, line: socket.socket) -> None:
        self.line = line
        self.reader = line.makefile("rb")

    def hold(self) -> None:
        """Until the other side says goodbye or is gone."""
        try:
            self._say("greeting", "220 drill ESMTP")
            while command := self.reader.readline(4096):
                verb = command[:4].upper().strip()
                if verb == b"QUIT":
                    self._write("221 bye")
                    return
                self._answer(verb)
        finally:
            self.reader.close()
            self.line.close()

    def _answer(self, verb: bytes) -> None:
        if verb in (b"EHLO", b"HELO"):
            offers = "250-drill\r\n250-STARTTLS\r\n250 SIZE 50000000" if self._may_encrypt() else "250 drill"
            self._say("ehlo", offers)
        elif verb == b"STAR":
            self._write("220 go ahead")
            assert self.server.tls is not None  # noqa: S101  only offered with it
            self._bind(self.server.tls.wrap_socket(self.line, server_side=True))
        elif verb in (b"MAIL", b"RCPT"):
            self._say(verb.decode().lower(), "250 ok")
        elif verb == b"DATA":
            self._take()
        else:
            self._write("250 ok" if verb in (b"RSET", b"NOOP") else "500 what")

    def _may_encrypt(self) -> bool:
        return self.server.tls is not None and not isinstance(self.line, ssl.SSLSocket)

    def _take(self) -> None:
        if not self._say("data", "354 go on"):
            return
        body = bytearray()
        while (row := self.reader.readline(100_000)) != b".\r\n":
            if not row:
                raise _Cut
            body += row[1:] if row.startswith(b".") else row
            if self.fault and self.fault.at == "body":
                self._do(self.fault.kind)
        kind = self.fault.kind if self.fault and self.fault.at == "dot" else ""
        if not kind or kind.startswith("taken"):
            self.server.accept(bytes(body))
        self._do(kind.removeprefix("taken_")) if kind else self._write("250 2.0.0 taken")

    def _say(self, phase: str, reply: str) -> bool:
        """The reply, or what goes wrong in this phase. Whether it went as it should."""
        if self.fault is None or self.fault.at != phase:
            self._write(reply)
            return True
        self._do(self.fault.kind)
        return False

    def _do(self, kind: str) -> None:
        if kind == "hang":
            self.server.hang()
        if kind in ("hang", "cut"):
            raise _Cut
        self._write(kind)

    def _write(self, text: str) -> None:
        self.line.sendall(text.encode() + b"\r\n")


def _message_id(message: bytes) -> str:
    head = message.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"message-id:"):
            return line.partition(b":")[2].strip().decode().strip("<>")
    return ""
