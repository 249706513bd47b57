"""통계: the figures of the trades the address asks for, and the trades behind each figure."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.ui.fragments import show
from portfolio.analytics.definitions import DEFINITIONS
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.behind import GroupPage, RowsPage
from portfolio.presenting.stats.groups import PARTS, part_named
from portfolio.presenting.stats.page import StatsPage
from portfolio.presenting.stats.spreads import EVERY

__all__ = ["group", "rows", "stats"]


@require_GET
@member_required()
def stats(request: MemberRequest, code: str, part: str = PARTS[0].key) -> HttpResponse:
    """One page of the statistics; filter, net or gross, won or R all live in the address."""
    found = part_named(part)
    if found is None:
        raise Http404
    now = "now" in request.GET or request.headers.get("HX-Target") == "figures"
    page = StatsPage(request.account, request.GET, found, now)
    return show(request, "portfolio/stats/page.html", {"page": page}, "results", "figures")


@require_GET
@member_required()
def rows(request: MemberRequest, code: str, key: str) -> HttpResponse:
    """The trades one figure was made of."""
    if key not in DEFINITIONS:
        raise Http404
    page = RowsPage(Asked(request.account, request.GET), key)
    return show(request, "portfolio/stats/rows.html", {"page": page}, "results")


@require_GET
@member_required()
def group(request: MemberRequest, code: str, by: str) -> HttpResponse:
    """The trades of one group of a breakdown."""
    if by not in EVERY:
        raise Http404
    page = GroupPage(Asked(request.account, request.GET), by)
    return show(request, "portfolio/stats/group.html", {"page": page}, "results")
