"""Threads: database and broker work of the stream process, which runs in an event loop."""

import asyncio
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from channels.db import database_sync_to_async

__all__ = ["in_thread"]

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it in a thread of the loop's pool, its database connection tidied before and after.

    A thread cannot be cancelled: when the caller is, this stays until the thread is done. Otherwise the work
    would go on behind the back of an owner that believes it has ended, and an event could be half recorded.
    """
    call: Any = database_sync_to_async(verb, thread_sensitive=False)
    work: asyncio.Future[T] = asyncio.ensure_future(call(*args, **kwargs))
    cancelled = False
    while not work.done():
        try:
            await asyncio.wait([work])
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        work.exception()  # looked at, so that nobody complains of it
        raise asyncio.CancelledError
    return work.result()
