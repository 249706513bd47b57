"""Sending an order: one request on a connection of its own, at most once, within a total time.

No retry, no redirect, no HTTP/2, no connection kept from before: a socket the broker has closed meanwhile would
turn a harmless case into an ambiguous one. The time counts from the first step to the last byte of the answer;
when it is over the socket is cut, so that an answer that drips cannot hold anybody longer (F-06, F-07).
"""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx

from kiwoomweb.broker.order_answers import Answer, Reached, SendFailed, Step, quietly
from kiwoomweb.broker.protocol import Request

__all__ = ["LARGEST", "UNSENT", "WITHIN", "post_once"]

#: Seconds from the first step to the last byte (R2).
WITHIN = 5.0
#: Bytes of an answer to an order; a longer one is no answer (F-10).
LARGEST = 5 * 1024 * 1024
#: What httpx raises only before the first byte of a request is written.
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

#: What the transport tells us of, and the step it is.
_STEPS = {
    "http11.send_request_headers.started": Step.CONNECTED,
    "http11.send_request_headers.complete": Step.HALF,
    "http11.send_request_body.complete": Step.WRITTEN,
}


def post_once(base: str, request: Request, reached: Reached = quietly, within: float = WITHIN) -> Answer:
    """Send it, once. Raises ``SendFailed``, which says whether anything can have left.

    ``reached`` may raise at CONNECT or CONNECTED to withdraw the order.
    """
    course = _Course(reached)
    failure: SendFailed | None = None
    try:
        with _line(base, within) as line, _limited(course, within):
            course.reach(Step.CONNECT)
            return _answered(line, f"{base}{request.path}", request, course)
    except Exception as trouble:  # whatever it was: what counts is what can have left
        failure = course.failure(trouble, request.tr)
    # Raised out here, so that no chained exception drags the request and its headers into a report.
    raise failure


class _Course:
    """How far the send came. Only what was *told* by the transport counts as not yet written."""

    def __init__(self, reached: Reached) -> None:
        self._reached = reached
        self.step: Step | None = None
        self.withdrawn: BaseException | None = None
        self.is_over = False
        self._is_ours = False
        self._cut: socket.socket | None = None

    def reach(self, step: Step) -> None:
        self.step = step
        try:
            if self.is_over and step is Step.CONNECTED:
                raise TimeoutError("connecting took all the time there was")
            self._reached(step)
        except Exception as reason:
            if step in {Step.CONNECT, Step.CONNECTED}:
                self.withdrawn = reason
            raise

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Told by the transport. A proxy's CONNECT is no part of the order."""
        if event == "connection.connect_tcp.complete" and info["return_value"] is not None:
            self.hold(info["return_value"].get_extra_info("socket"))
        step = _STEPS.get(event)
        if step is Step.CONNECTED:
            self._is_ours = info["request"].method != b"CONNECT"
        if step and self._is_ours:
            self.reach(step)

    def hold(self, line: socket.socket) -> None:
        """A second handle of the socket: TLS takes the first one away while it shakes hands."""
        self._cut = socket.socket(fileno=os.dup(line.fileno()))
        if self.is_over:
            self.cut()

    def cut(self) -> None:
        """The time is over: whoever reads or writes is woken with an error."""
        self.is_over = True
        if self._cut is not None:
            with suppress(OSError):
                self._cut.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        if self._cut is not None:
            self._cut.close()

    def failure(self, trouble: Exception, tr: str) -> SendFailed:
        """``is_unsent`` needs two witnesses: what was raised, and that no write was told of before it."""
        before = self.step in {None, Step.CONNECT, Step.CONNECTED}
        if self.withdrawn is not None and before:
            name = type(self.withdrawn).__name__
            return SendFailed(name, is_unsent=True, step=self.step, trouble=self.withdrawn, tr=tr)
        is_unsent = self.step in {None, Step.CONNECT} and isinstance(trouble, UNSENT)
        cause = "DeadlinePassed" if self.is_over else type(trouble).__name__
        return SendFailed(cause, is_unsent=is_unsent, step=self.step, tr=tr)


@contextmanager
def _limited(course: _Course, within: float) -> Iterator[None]:
    watchdog = threading.Timer(within, course.cut)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield
    finally:
        watchdog.cancel()
        course.end()


def _answered(line: httpx.Client, url: str, request: Request, course: _Course) -> Answer:
    sent = line.stream(
        "POST",
        url,
        headers={**request.headers, "accept-encoding": "identity", "connection": "close"},
        content=request.content,
        extensions={"trace": course.trace},
    )
    with sent as response:
        content = bytearray()
        for piece in response.iter_raw():
            content += piece
            if len(content) > LARGEST:
                raise httpx.RemoteProtocolError("an answer without end")
        if course.is_over:
            raise httpx.ReadTimeout("the time is over")
        course.reach(Step.ANSWERED)
        return Answer(request.tr, response.status_code, dict(response.headers), bytes(content))


@contextmanager
def _line(base: str, within: float) -> Iterator[httpx.Client]:
    """No redirects: a token is for one host. A proxy of the environment's only for what leaves the machine."""
    secure = base.startswith("https:")
    with httpx.Client(
        timeout=httpx.Timeout(within),
        follow_redirects=False,
        http2=False,
        trust_env=secure,
        verify=_trusted() if secure else False,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
    ) as line:
        yield line


@cache
def _trusted() -> SSLContext:
    """The certificates we trust, read once: it takes longer than an order."""
    return httpx.create_ssl_context()
