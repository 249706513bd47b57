"""The settings page: how this browser shows things, and what the product is made of."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.ui.vendored import vendored

__all__ = ["settings"]


@require_GET
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Look, language, and the licences of what we serve."""
    return render(request, "ui/settings.html", {"parts": {part.package: part for part in vendored()}.values()})
