"""How far the synchronisation has come: a fragment that refreshes itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from portfolio.presenting.freshness import Freshness

__all__ = ["sync"]


@require_GET
@member_required()
def sync(request: MemberRequest, code: str) -> HttpResponse:
    """The state of every source and of the backfill; the status strip goes with it.

    When more of the past has come than the page had ``seen``, its curve and calendar are told to ask again.
    """
    fresh = Freshness(request.account)
    response = render(request, "portfolio/sync.html", {"fresh": fresh, "with_strip": True})
    if request.GET.get("seen") not in {None, str(fresh.progress.done)}:
        response["HX-Trigger"] = "backfilled"
    return response
