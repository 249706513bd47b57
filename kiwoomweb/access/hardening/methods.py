"""Methods: pages are looked at and forms are sent. Nothing here is put, patched or deleted by a method of HTTP,
and whatever else a program may try is answered before anybody looks at it."""

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

__all__ = ["METHODS", "RefuseOddMethods"]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class RefuseOddMethods(MiddlewareMixin):
    """Which of the four a view takes it says itself (``require_POST``)."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        return None if request.method in METHODS else HttpResponseNotAllowed(METHODS)
