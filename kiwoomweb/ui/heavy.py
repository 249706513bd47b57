"""Requests too heavy to read: refused by what they say of their size, before a form is taken apart."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

__all__ = ["HeavyBodies"]


class HeavyBodies(MiddlewareMixin):
    """Comes before anything reads the body: forgery protection does, looking for its token."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = _limit(request) if request.method == "POST" else None
        if limit is None or not length.isdigit() or int(length) <= limit:
            return None
        return _refusal(request, limit)


def _limit(request: HttpRequest) -> int | None:
    try:
        return settings.BODY_LIMITS.get(resolve(request.path_info).view_name)
    except Resolver404:
        return None


def _refusal(request: HttpRequest, limit: int) -> HttpResponse:
    """413 with words: a toast beside the page, or a page of its own."""
    words = {"sentence": _("한 번에 %(n)dMB까지 보낼 수 있습니다. 나누어 올려 주세요. 쓰던 글은 그대로입니다.")}
    words["sentence"] %= {"n": limit // 1024**2}
    if "HX-Request" not in request.headers:
        return render(request, "errors/413.html", words, status=413)
    response = render(request, "ui/toast.html", words, status=413)
    response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    return response
