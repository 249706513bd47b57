"""Fragments: the same address answers with the whole page, or with the part htmx asked for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

__all__ = ["fragment", "show"]


def fragment(template: str, request: HttpRequest, *parts: str) -> str:
    """``page.html``, or ``page.html#part`` when htmx wants the element with that id swapped.

    Restoring the browser's history always gets the whole page.
    """
    htmx = getattr(request, "htmx", None)
    if not htmx or htmx.history_restore_request or htmx.target not in parts:
        return template
    return f"{template}#{htmx.target}"


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *parts: str,
    status: int = 200,
    later: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    """Render the page or the part; caches must not mix the two up.

    ``later`` names parts that the page leaves out until somebody reaches for them: the id of the element that
    asks, and the template that takes its place.
    """
    htmx = getattr(request, "htmx", None)
    own = later.get(htmx.target or "") if htmx and not htmx.history_restore_request else None
    response = render(request, own or fragment(template, request, *parts), dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
