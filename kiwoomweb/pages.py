"""HTTP by Django, each request from its first middleware to its last on one thread, which outlives it.

Django's own handler changes threads twice for every middleware and begins a thread, and with it a connection to
the database, for every request. Here a request changes threads once and finds an open connection.
"""

from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

__all__ = ["Pages"]

#: So many idle threads wait for the next request, each with its connection; a crowd may have any number.
KEPT = 10


class Pages(ASGIHandler):
    """The handler of all pages. Views and middlewares are synchronous; only what streams is not."""

    def __init__(self) -> None:
        self._idle: list[ThreadPoolExecutor] = []
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        """One synchronous chain, whatever Django asks for: adapted links would each cost two threads' turns."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The whole chain on the request's thread."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Mapping[str, Any]]],
        send: Callable[[Mapping[str, Any]], Awaitable[None]],
    ) -> None:
        """Lend the request a thread that nobody else uses meanwhile."""
        thread = self._idle.pop() if self._idle else ThreadPoolExecutor(1, thread_name_prefix="page")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self.handle(scope, receive, send)
        finally:
            # Behind what a request that was given up may have left running there.
            thread.submit(self._lay_back, thread)

    def _lay_back(self, thread: ThreadPoolExecutor) -> None:
        if len(self._idle) < KEPT:
            self._idle.append(thread)
            return
        connections.close_all()
        thread.shutdown(wait=False)
