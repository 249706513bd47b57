"""A forgotten password: by mail where there is a mail server, else by the command that does it."""

from allauth.account.views import password_reset
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kiwoomweb.access.http import public

__all__ = ["forgotten_password"]


@require_http_methods(["GET", "HEAD", "POST"])
@public("whoever forgot a password cannot sign in")
def forgotten_password(request: HttpRequest) -> HttpResponseBase:
    """The library's page, unless nothing could be mailed: then nobody is made to wait for a letter."""
    if not settings.CAN_MAIL:
        return render(request, "access/no_mail.html")
    response: HttpResponseBase = password_reset(request)
    return response
