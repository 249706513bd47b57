"""Where the second line stands: behind sign-in and seeing, around every view and what it streams."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kiwoomweb.access.hardening.tenancy.guard import Guard
from kiwoomweb.access.hardening.tenancy.watching import now

__all__ = ["keep_to_own_accounts"]

END = object()


def keep_to_own_accounts(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., Any]:
    """Middleware, behind authentication and seeing."""

    def through(request: HttpRequest) -> HttpResponseBase:
        guard = Guard(request)
        with _on_duty(guard):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            flow: Any = response.streaming_content
            response.streaming_content = _sent_on(flow, guard) if response.is_async else _kept(flow, guard)
        return response

    return through


@contextmanager
def _on_duty(guard: Guard) -> Iterator[None]:
    token = now.set(guard)
    try:
        yield
    finally:
        now.reset(token)


def _kept(flow: Iterator[Any], guard: Guard) -> Iterator[Any]:
    """What is read while the answer is being sent is read under the same eyes."""
    pieces = iter(flow)
    while True:
        with _on_duty(guard):
            piece = next(pieces, END)
        if piece is END:
            return
        yield piece


async def _sent_on(flow: AsyncIterator[Any], guard: Guard) -> AsyncIterator[Any]:
    """The same for a server that waits for many at once: the thread that reads takes the guard along."""
    pieces = aiter(flow)
    while True:
        with _on_duty(guard):
            piece = await anext(pieces, END)
        if piece is END:
            return
        yield piece
