"""Searching what was written."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.ui.fragments import show
from portfolio.presenting.filter_bar import FOLDED
from portfolio.presenting.searching import SearchPage

__all__ = ["notes"]


@require_GET
@member_required()
def notes(request: MemberRequest, code: str) -> HttpResponse:
    """The notes that hold every word asked for, the newest days first."""
    page = SearchPage(request.account, request.GET, request.user)
    return show(request, "portfolio/search_notes.html", {"page": page}, later=FOLDED)
