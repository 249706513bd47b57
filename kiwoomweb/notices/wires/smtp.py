"""SMTP: hand one message for one recipient to the mail server, and hear what it says.

Sent is a 2xx after the final dot and nothing else (RFC 5321, 4.2.5). Before the dot nothing has been taken,
whatever went wrong. Between the dot and the answer nobody knows: the caller is asked to write that down first.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kiwoomweb.notices.wires.deadline import deadline
from kiwoomweb.notices.wires.verdict import Outcome, Verdict

__all__ = ["Line", "Patience", "Server"]

#: Refusals that are about our own sign-in, not about the letter: it waits until somebody has put them right.
ABOUT_US = frozenset({421, 454, 530, 534, 535, 538})


#: A password in the clear leaves no machine here.
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for each command, for all of them, and for the answer to the dot (RFC 5321 asks for minutes)."""

    command: float = 20
    conversation: float = 90
    verdict: float = 300


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over. ``tls``: STARTTLS is demanded; ``ssl``: TLS from the first byte."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False
    #: How we introduce ourselves; a bare machine name is refused by many.
    name: str = "localhost"


class _Said(Exception):
    """The server's answer to a command was not the one hoped for."""

    def __init__(self, code: int, words: bytes) -> None:
        super().__init__(code, words)
        self.code = code
        self.answer = f"{code} {words.decode('utf-8', 'replace')}".removeprefix("-1 ").removeprefix("0 ")


class _Dialled(smtplib.SMTP):
    """The library's client on a line that is open already, so that also the greeting has a deadline."""

    def __init__(self, server: Server, line: socket.socket, wait: float) -> None:
        super().__init__(local_hostname=server.name, timeout=wait)
        self.sock = line
        #: Whose certificate STARTTLS must show.
        self._host = server.host


class Line:
    """One conversation with the server; any number of messages, one after another."""

    def __init__(self, server: Server, patience: Patience) -> None:
        self.server, self.patience = server, patience
        self._smtp: smtplib.SMTP | None = None

    def hand_over(self, sender: str, to: str, message: bytes, last_byte: Callable[[], bool]) -> Verdict:
        """``last_byte`` is asked when all but the final dot is out: it writes down that the next step cannot
        be told from its failure, and says whether it may be taken."""
        try:
            smtp = self._open()
            with deadline(_socket(smtp), self.patience.conversation):
                self._before_the_dot(smtp, sender, to, message)
        except _Said as no:
            return self._refusal(no)
        except (OSError, smtplib.SMTPException, ValueError) as trouble:
            return self._gone(Outcome.LATER, _words(trouble))
        if not last_byte():
            return self._gone(Outcome.OVERTAKEN, "")
        return self._dot(smtp)

    def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException), deadline(_socket(smtp), self.patience.command):
                smtp.quit()
            smtp.close()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            line = socket.create_connection((self.server.host, self.server.port), self.patience.command)
            self._smtp = _Dialled(self.server, line, self.patience.command)
            with deadline(line, self.patience.conversation):
                self._greet(self._smtp, line)
                self._introduce(self._smtp)
        return self._smtp

    def _greet(self, smtp: smtplib.SMTP, line: socket.socket) -> None:
        if self.server.ssl:
            trust = ssl.create_default_context()
            smtp.sock = trust.wrap_socket(line, server_hostname=self.server.host)
        _expect(smtp.getreply(), 220, otherwise=0)

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.server.tls:
            # A server that does not offer TLS is not the one we were told of: nothing is sent in the clear.
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
        if self.server.user:
            if not (self.server.tls or self.server.ssl or self.server.host in HERE):
                raise smtplib.SMTPException("EMAIL_URL: a password is not sent without TLS, use smtp+tls://")
            smtp.login(self.server.user, self.server.password)

    def _before_the_dot(self, smtp: smtplib.SMTP, sender: str, to: str, message: bytes) -> None:
        _expect(smtp.mail(sender, [f"SIZE={len(message)}"] if smtp.has_extn("size") else []), 250)
        _expect(smtp.rcpt(to), 250, 251)
        _expect(smtp.docmd("DATA"), 354)
        smtp.send(_stuffed(message))

    def _dot(self, smtp: smtplib.SMTP) -> Verdict:
        try:
            with deadline(_socket(smtp), self.patience.verdict):
                _socket(smtp).settimeout(self.patience.verdict)
                smtp.send(b".\r\n")
                code, words = smtp.getreply()
                _socket(smtp).settimeout(self.patience.command)
        except (OSError, smtplib.SMTPException) as trouble:
            return self._gone(Outcome.UNSURE, _words(trouble))
        said = _Said(code, words)
        if 200 <= code < 300:
            return Verdict.of(Outcome.SENT, said.answer)
        return self._refusal(said, otherwise=Outcome.UNSURE)

    def _refusal(self, said: _Said, otherwise: Outcome = Outcome.LATER) -> Verdict:
        """4xx: later. 5xx: never. What is no answer at all leaves things as they were (``otherwise``)."""
        if said.code in ABOUT_US or 400 <= said.code < 500:
            outcome = Outcome.LATER
        elif 500 <= said.code < 600:
            outcome = Outcome.REFUSED
        else:
            outcome = otherwise
        verdict = Verdict.of(outcome, said.answer)
        # The next letter begins on a new line: what RSET would do, without trusting a server that stumbled.
        self.close()
        return verdict

    def _gone(self, outcome: Outcome, words: str) -> Verdict:
        """Hang up without a word: a QUIT after half a message would be part of the message."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()
        return Verdict.of(outcome, words, broken=True)


def _expect(reply: tuple[int, bytes], *wanted: int, otherwise: int | None = None) -> None:
    """Raises what the server said; ``otherwise`` replaces the code where it is not about the letter."""
    if reply[0] not in wanted:
        raise _Said(reply[0] if otherwise is None else otherwise, reply[1])


def _socket(smtp: smtplib.SMTP) -> socket.socket:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected("closed")
    return smtp.sock


def _stuffed(message: bytes) -> bytes:
    """Lines that begin with a dot get another (RFC 5321, 4.5.2), and the last line ends."""
    body = message.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def _words(trouble: Exception) -> str:
    """What went wrong, without what we had sent: a failed sign-in repeats no password."""
    if isinstance(trouble, smtplib.SMTPResponseException):
        words = trouble.smtp_error
        plain = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
        return f"{trouble.smtp_code} {plain}"
    if isinstance(trouble, TimeoutError):
        return "timeout"
    return f"{type(trouble).__name__}: {trouble.args[-1] if trouble.args else ''}"
