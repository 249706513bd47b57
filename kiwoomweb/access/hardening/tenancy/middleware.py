"""Where the second line stands: behind sign-in and seeing, around every view and what it streams; and around
every socket, where nobody has any account until somebody is named (``keep_to``)."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kiwoomweb.access.hardening.tenancy.guard import Guard
from kiwoomweb.access.hardening.tenancy.watching import keep_to, on_duty

__all__ = ["keep_sockets_to_own_accounts", "keep_to_own_accounts"]

App = Callable[[Any, Any, Any], Awaitable[None]]

END = object()


def keep_to_own_accounts(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., Any]:
    """Middleware, behind authentication and seeing."""

    def through(request: HttpRequest) -> HttpResponseBase:
        guard = Guard(lambda: request.user)
        with on_duty(guard):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            flow: Any = response.streaming_content
            response.streaming_content = _sent_on(flow, guard) if response.is_async else _kept(flow, guard)
        return response

    return through


def keep_sockets_to_own_accounts(app: App) -> App:
    """Around all sockets: what they ask the database without saying for whom is asked for nobody. Work that one
    socket begins for all of them inherits that."""

    async def through(scope: Any, receive: Any, send: Any) -> None:
        with keep_to(AnonymousUser()):
            await app(scope, receive, send)

    return through


def _kept(flow: Iterator[Any], guard: Guard) -> Iterator[Any]:
    """What is read while the answer is being sent is read under the same eyes."""
    pieces = iter(flow)
    while True:
        with on_duty(guard):
            piece = next(pieces, END)
        if piece is END:
            return
        yield piece


async def _sent_on(flow: AsyncIterator[Any], guard: Guard) -> AsyncIterator[Any]:
    """The same for a server that waits for many at once: the thread that reads takes the guard along."""
    pieces = aiter(flow)
    while True:
        with on_duty(guard):
            piece = await anext(pieces, END)
        if piece is END:
            return
        yield piece
