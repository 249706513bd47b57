"""``/t/<team>/audit/``: who saw, changed, took away, ordered what, from where; to search and to take away."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import TeamRequest, team_required
from kiwoomweb.access.presenting.audit import AuditPage, sheet_of
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors.audit_search import AuditQuestion
from kiwoomweb.ui.takeaway import KINDS, take_away

__all__ = ["audit", "audit_file"]


@never_cache
@require_GET
@team_required(needs=Right.AUDIT)
def audit(request: TeamRequest, team: str) -> HttpResponse:
    """A page of entries, newest first."""
    page = AuditPage(request.team, AuditQuestion.asked(request.GET.dict()))
    return render(request, "access/audit.html", {"page": page, "rights": request.rights})


@never_cache
@require_GET
@team_required(needs=Right.AUDIT)
def audit_file(request: TeamRequest, team: str, kind: str) -> HttpResponseBase:
    """All entries that fit, as CSV or XLSX. That they were taken away is an entry itself."""
    if kind not in KINDS:
        raise Http404
    sheet = sheet_of(request.team, AuditQuestion.asked(request.GET.dict()))
    return take_away(request, kind, f"audit-{team}-{timezone.localdate():%Y%m%d}", [sheet])
