"""Searching what was written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from portfolio.presenting.searching import SearchPage

__all__ = ["notes"]


@require_GET
@member_required()
def notes(request: MemberRequest, code: str) -> HttpResponse:
    """The notes that hold every word asked for, the newest days first."""
    page = SearchPage(request.account, request.GET.get("q", ""), request.GET.get("before", ""))
    return render(request, "portfolio/search_notes.html", {"page": page})
