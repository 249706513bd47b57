"""Failures: what a person reads when something went wrong — a toast beside the page, or a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kiwoomweb.broker.errors import BrokerError

__all__ = ["broken", "forbidden", "not_found", "toast"]


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
