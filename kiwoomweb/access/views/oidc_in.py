"""``/accounts/oidc/…``: to the issuer and back. There is no such page unless an issuer is set."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import public

__all__ = ["oidc_back", "oidc_in"]


@never_cache
@require_POST
@public("a way in, where the operator has set one")
def oidc_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the issuer, with a state and a PKCE challenge of this session."""
    _refuse_unless_set()
    from allauth.socialaccount.providers.openid_connect.views import login

    response: HttpResponseBase = login(request, provider_id)
    return response


@never_cache
@require_GET
@public("a way in, where the operator has set one")
def oidc_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the issuer."""
    _refuse_unless_set()
    from allauth.socialaccount.providers.openid_connect.views import callback

    response: HttpResponseBase = callback(request, provider_id)
    return response


def _refuse_unless_set() -> None:
    if not settings.OIDC_URL:
        raise Http404
