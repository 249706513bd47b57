"""Failures: what a person reads when something went wrong — a toast beside the page, or a page of its own."""

from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kiwoomweb.broker.errors import BrokerError

__all__ = [
    "broken",
    "forbidden",
    "foreign",
    "forged",
    "misunderstood",
    "not_found",
    "toast",
    "too_many",
    "unsafe",
]


def toast(request: HttpRequest, error: BrokerError, status: int = 502) -> HttpResponse:
    """The plain sentence of a broker error in the corner of the page; what the page shows stays."""
    response = render(request, "ui/toast.html", {"sentence": _(error.notice)}, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it is not yours; we do not say which."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: you may look, but not do that."""
    return render(request, "errors/403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Rendered without the shell, which may be what broke."""
    return render(request, "errors/500.html", status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without our token: mostly a page that was open for too long. The reason is for nobody."""
    return render(request, "errors/403.html", status=403)


def foreign(request: HttpRequest) -> HttpResponse:
    """403: sent by another site's page. Rendered without the session, which was not asked."""
    return _bare(
        request, 403, _("다른 사이트에서 보낸 요청이라 받지 않았습니다. 이 사이트의 화면에서 다시 해 보세요.")
    )


def unsafe(request: HttpRequest) -> HttpResponse:
    """403: asked over plain HTTP where everything goes over TLS. Whatever was sent has been read on the way."""
    return _bare(request, 403, _("이 사이트는 https 주소로만 답합니다. 주소를 https://로 바꾸어 다시 하세요."))


def misunderstood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: no sense in it, or an address this server does not answer to."""
    return _bare(request, 400, _("알아들을 수 없는 요청입니다. 주소를 확인하세요."))


def too_many(request: HttpRequest, seconds: float) -> HttpResponse:
    """429: slower, please. Nothing was done."""
    words = _("요청이 너무 잦아 처리하지 않았습니다. %(seconds)d초 뒤에 다시 하세요.") % {
        "seconds": ceil(seconds)
    }
    response = _bare(request, 429, words)
    response["Retry-After"] = str(ceil(seconds))
    return response


def _bare(request: HttpRequest, status: int, words: str) -> HttpResponse:
    """A sentence on a page that needs neither session nor database; beside the page where htmx has asked."""
    if "HX-Request" not in request.headers:
        return HttpResponse(render_to_string("errors/bare.html", {"words": words}), status=status)
    response = HttpResponse(render_to_string("ui/toast.html", {"sentence": words}), status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    return response
