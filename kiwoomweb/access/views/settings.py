"""The settings page: how this browser shows things, and what the product is made of."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.ui.vendored import vendored

__all__ = ["settings"]


@require_GET
@signed_in
def settings(request: SignedInRequest) -> HttpResponse:
    """Look, language, and the licences of what we serve."""
    return render(request, "ui/settings.html", {"parts": {part.package: part for part in vendored()}.values()})
