"""Rates: how many requests a person, or an address nobody has signed in from, may make of one web process.

A bucket each: so many at once, so many a second after that. It stands before every view, so none is without;
what costs more than a page (signing in, a letter, a report) has a narrower limit of its own beside it.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from kiwoomweb.access.callers import address_of
from kiwoomweb.ui.failures import too_many

__all__ = ["Buckets", "LimitRequests"]

#: Callers remembered at once; the one longest unheard of is forgotten first.
MOST = 20_000


@dataclass(slots=True)
class Bucket:
    left: float
    at: float


class Buckets:
    """``take`` says how many seconds too early a caller is; zero for whoever may pass."""

    def __init__(self, most: int = MOST) -> None:
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._most, self._lock = most, Lock()

    def take(self, who: str, burst: int, per_second: float, now: float | None = None) -> float:
        now = monotonic() if now is None else now
        with self._lock:
            bucket = self._buckets.pop(who, None) or Bucket(burst, now)
            self._buckets[who] = bucket
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            bucket.left = min(burst, bucket.left + (now - bucket.at) * per_second)
            bucket.at = now
            if bucket.left < 1:
                return (1 - bucket.left) / per_second
            bucket.left -= 1
            return 0.0


class LimitRequests(MiddlewareMixin):
    """Stands behind authentication, which tells a person from an address, and before every view."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self._buckets = Buckets()

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        person = request.user.pk if request.user.is_authenticated else None
        if person is None:
            wait = self._buckets.take(address_of(request), *settings.RATE_VISITOR)
        else:
            wait = self._buckets.take(f"person:{person}", *settings.RATE_PERSON)
        return too_many(request, wait) if wait else None
