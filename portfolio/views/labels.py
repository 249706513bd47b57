"""라벨 관리: a team's groups, labels, rules and an account's books, made and changed on one page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from portfolio.presenting.labels import LabelsPage
from portfolio.services.labelling.editing import Editing
from portfolio.services.labelling.naming import Refused
from portfolio.services.labelling.starting import start

__all__ = ["change_labels", "labels", "start_labels"]


@require_GET
@member_required()
def labels(request: MemberRequest, code: str) -> HttpResponse:
    """Everything the team calls its trades."""
    page = LabelsPage(request.account, request.GET, may_write=Right.NOTE in request.rights)
    return render(request, "portfolio/labels.html", {"page": page})


@require_POST
@member_required(needs=Right.NOTE)
def change_labels(request: MemberRequest, code: str) -> HttpResponse:
    """One change: ``do`` says what, ``pk`` to which row."""
    editing = Editing(request.account, request.user, request.POST.dict())
    by_hand = "HX-Request" in request.headers  # a row was carried: the page shows its new place already
    try:
        told = editing.apply()
    except Refused as no:
        messages.error(request, str(no))
        return HttpResponse(status=204, headers={"HX-Refresh": "true"}) if by_hand else _shown(code)
    if by_hand:
        return HttpResponse(status=204)
    messages.success(request, told)
    return _shown(code)


def _shown(code: str) -> HttpResponse:
    return redirect("portfolio:labels", code)


@require_POST
@member_required(needs=Right.NOTE)
def start_labels(request: MemberRequest, code: str) -> HttpResponse:
    """The set to start with."""
    made = start(request.account.team_id, request.user)
    messages.success(request, _("%(n)s개를 만들었습니다. 이름과 색은 언제든 바꿀 수 있습니다.") % {"n": made})
    return redirect("portfolio:labels", code)
