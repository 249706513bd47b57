"""``/security/first/``: right after the first sign-up — a second factor now, or what it costs to skip it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kiwoomweb.access.factors import ceremony
from kiwoomweb.access.factors.having import has_factor
from kiwoomweb.access.http import SignedInRequest, signed_in

__all__ = ["first_factor"]


@never_cache
@require_GET
@signed_in
def first_factor(request: SignedInRequest) -> HttpResponse:
    """Two ways and a way past them."""
    if has_factor(request.user):
        return redirect("access:connect")
    named = ceremony.has_a_name(ceremony.site_of(request))
    return render(request, "access/security/first.html", {"named": named})
