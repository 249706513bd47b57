"""``/accounts/logout/``: leaving, and leaving nothing behind in the browser's cache."""

from allauth.account.views import logout
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kiwoomweb.access.http import public
from kiwoomweb.access.models import User
from kiwoomweb.access.services.auditing import record

__all__ = ["sign_out"]


@require_http_methods(["GET", "HEAD", "POST"])
@public("the way out")
@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """The library's page. The cookie by which this device is known stays: it opens nothing."""
    user = request.user if isinstance(request.user, User) else None
    key = request.session.session_key
    response: HttpResponseBase = logout(request)
    if user and not request.user.is_authenticated:
        UserSession.objects.filter(session_key=key).delete()
        record("session.closed", by=user, request=request)
        response["Clear-Site-Data"] = '"cache"'
    return response
