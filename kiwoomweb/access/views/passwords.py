"""Changing the password: who has a second factor shows it first."""

from allauth.account.views import password_change
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from kiwoomweb.access.factors.having import has_factor
from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.services.stepping_up import stepped_up

__all__ = ["change_password"]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_password(request: SignedInRequest) -> HttpResponseBase:
    """The library's page, which asks for the old password; a thief of that one is stopped before."""
    change = stepped_up()(password_change) if has_factor(request.user) else password_change
    response: HttpResponseBase = change(request)
    return response
