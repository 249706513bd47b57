"""``/``: straight to the first account, to connecting one, or to signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import public
from kiwoomweb.access.models import User
from kiwoomweb.access.selectors import accounts_for

__all__ = ["home"]


@public("the way in: says only where to go")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where a person starts. On a fresh installation it says where the first user's address is written."""
    if not request.user.is_authenticated:
        return redirect("account_login") if User.objects.exists() else render(request, "access/nobody_yet.html")
    first = accounts_for(request.user).first()
    return redirect("portfolio:overview", first.code) if first else redirect("access:connect")
