"""Deny by default: every address and every socket declares its door, or the program does not start.

Ours declare it by the decorators of ``access.http``; those of libraries are listed in ``third_party``.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from kiwoomweb.access.permission import Permission, permission_of
from kiwoomweb.third_party import THIRD_PARTY

__all__ = ["door_of", "every_route", "refuse_to_start", "undeclared"]


def every_route() -> Iterator[tuple[str, Any]]:
    """Every address with its view, as ``("a/<str:code>/journal/", view)``; sockets among them."""
    from kiwoomweb import sockets

    yield from _walk(get_resolver().url_patterns, "")
    yield from _walk(sockets.routes, "")


def door_of(view: Any) -> Permission | None:
    """Who may come to the view; ``None`` where nobody has said."""
    named = getattr(view, "view_class", view)
    name = f"{getattr(named, '__module__', '')}.{getattr(named, '__name__', '')}"
    return permission_of(view) or THIRD_PARTY.get(name)


def undeclared() -> list[str]:
    """Addresses without a door, with the name of their view."""
    return [
        f"{path} ({getattr(view, '__module__', '?')}.{getattr(view, '__qualname__', view)})"
        for path, view in every_route()
        if door_of(view) is None
    ]


def refuse_to_start() -> None:
    """Called before the first request. Raises ``ImproperlyConfigured`` naming what has no door."""
    if open_ones := undeclared():
        raise ImproperlyConfigured(f"no declared permission, so nothing is served: {', '.join(open_ones)}")


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        path = before + str(each.pattern).removeprefix("^")
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, path)
        else:
            yield path, each.callback
