"""통계: the figures of the trades the address asks for, and the trades behind each figure."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.fragments import show
from portfolio.analytics.definitions import DEFINITIONS
from portfolio.presenting.filter_bar import FOLDED
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.behind import GroupPage, RowsPage
from portfolio.presenting.stats.groups import PARTS, part_named
from portfolio.presenting.stats.page import StatsPage
from portfolio.presenting.stats.spreads import EVERY
from portfolio.services.habits import OutOfBounds, set_thresholds

__all__ = ["group", "rows", "stats", "thresholds"]


@require_GET
@member_required()
def stats(request: MemberRequest, code: str, part: str = PARTS[0].key) -> HttpResponse:
    """One page of the statistics; filter, net or gross, won or R all live in the address."""
    found = part_named(part)
    if found is None:
        raise Http404
    now = "now" in request.GET or request.headers.get("HX-Target") == "figures"
    page = StatsPage(request.account, request.GET, found, now, Right.NOTE in request.rights, request.user)
    if found.key == "whatif" and request.headers.get("HX-Target") == "answer":
        answer = show(request, page.template, {"page": page, "is_aside": True}, "answer")
        answer["HX-Replace-Url"] = page.mirror.address
        return answer
    return show(request, "portfolio/stats/page.html", {"page": page}, "results", "figures", later=FOLDED)


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


@require_POST
@member_required(needs=Right.NOTE)
def thresholds(request: MemberRequest, code: str) -> HttpResponse:
    """Save the thresholds of the habit detectors; what is refused is shown as it was typed."""
    said = request.POST.dict()
    try:
        set_thresholds(request.account, said, request.user)
    except OutOfBounds as error:
        part = part_named("habits") or PARTS[0]
        page = StatsPage(request.account, request.GET, part, True, True, request.user, said, error.names)
        return show(request, "portfolio/stats/page.html", {"page": page}, "results", "figures", status=422)
    messages.success(request, _("습관의 기준을 저장했습니다."))
    return redirect("portfolio:stats_part", code, "habits")
