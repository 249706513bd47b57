"""Once a request: what a page needs in several places is looked up in the first of them.

    @once_a_request
    def corrections() -> Overrides: ...

Only while a page is read (GET and HEAD), and only for its reader: whoever writes sees what was written. Outside
requests, in tasks and commands, nothing is remembered.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

__all__ = ["forget", "once_a_request", "remembering"]

P = ParamSpec("P")
T = TypeVar("T")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known in this request", default=None)


def remembering(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: what is looked up lasts as long as the request."""

    def through(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        token = _known.set({})
        try:
            return get_response(request)
        finally:
            _known.reset(token)

    return through


def once_a_request(look_up: Callable[P, T]) -> Callable[P, T]:
    """Remember the answer to the same arguments (which must be hashable) for the rest of the request."""

    @wraps(look_up)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        known = _known.get()
        if known is None:
            return look_up(*args, **kwargs)
        key = (look_up.__module__, look_up.__qualname__, args, tuple(kwargs.items()))
        if key not in known:
            known[key] = look_up(*args, **kwargs)
        return cast("T", known[key])

    return remembered


def forget() -> None:
    """Look everything up anew: something was learnt while the page was made."""
    known = _known.get()
    if known is not None:
        known.clear()
