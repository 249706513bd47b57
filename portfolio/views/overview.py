"""자산: six numbers, the curve, the calendar, what is held, what was filled, how fresh it all is."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.ui.fragments import show
from portfolio.presenting.filter_bar import FOLDED
from portfolio.presenting.overview import OverviewPage

__all__ = ["overview"]

PARTS = ("figures", "curve", "calendar", "holdings", "fills")


@require_GET
@member_required()
def overview(request: MemberRequest, code: str) -> HttpResponse:
    """The page, or the one region htmx asks for."""
    page = OverviewPage(account=request.account, query=request.GET, person=request.user)
    return show(request, "portfolio/overview.html", {"page": page}, *PARTS, later=FOLDED)
