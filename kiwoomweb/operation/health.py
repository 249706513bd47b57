"""``/healthz``: does the database answer, does the queue answer, when was each process last heard."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kiwoomweb.access.http import public
from kiwoomweb.operation import heartbeats

__all__ = ["healthz"]


@public("a watchdog asks without signing in; names no error text")
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while database and queue answer, 503 otherwise. Names no error text: anyone may ask."""
    parts: dict[str, Any] = {"database": _answers(_ask_database), "queue": _answers(_ask_queue)}
    well = all(answer == "ok" for answer in parts.values())
    if parts["queue"] == "ok":
        parts |= {process: _judge(age) for process, age in heartbeats.ages().items()}
    return JsonResponse({"status": "ok" if well else "down", **parts}, status=200 if well else 503)


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _ask_queue() -> None:
    cache.set("healthz", 1, 5)


def _answers(ask: Callable[[], None]) -> str:
    try:
        ask()
    except Exception:  # any failure means one thing here: it does not answer
        return "down"
    return "ok"


def _judge(age: float | None) -> dict[str, Any]:
    if age is None:
        return {"status": "not seen", "age": None}
    return {"status": "ok" if age <= heartbeats.LATE_AFTER else "late", "age": age}
