"""Outlines: the menu beside a note, and the page on which they are kept."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from portfolio.presenting.outlines import OutlinesPage, choices_for
from portfolio.selectors.outlines import own_outlines
from portfolio.services.outlining import Draft, OutlineRefused, keep_outline, remove_outline
from portfolio.views.places import Key, place_or_404

__all__ = ["choices", "keep", "outlines", "remove"]


@require_GET
@member_required(needs=Right.NOTE)
def choices(request: MemberRequest, code: str, key: Key) -> HttpResponse:
    """The outlines for one note, filled, as buttons of a menu."""
    words = {"choices": choices_for(place_or_404(request.account, key)), "account": request.account}
    return render(request, "portfolio/parts/outline_choices.html", words)


@require_GET
@member_required()
def outlines(request: MemberRequest, code: str) -> HttpResponse:
    """All outlines, and a form for a new one."""
    page = OutlinesPage(request.account, may_write=Right.NOTE in request.rights)
    return render(request, "portfolio/outlines.html", {"page": page})


@require_http_methods(["POST"])
@member_required(needs=Right.NOTE)
def keep(request: MemberRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Make one or change one; what cannot be kept comes back to be put right."""
    if pk is not None and not own_outlines(request.account).filter(pk=pk).exists():
        raise Http404
    sent = request.POST
    draft = Draft(
        sent.get("section", ""), sent.get("name", ""), sent.get("text", ""), sent.get("shared") == "1"
    )
    try:
        row = keep_outline(request.account, draft, author=request.user, pk=pk)
    except OutlineRefused as error:
        page = OutlinesPage(request.account, may_write=True, draft=draft, trouble=error.notice, editing=pk)
        return render(request, "portfolio/outlines.html", {"page": page}, status=422)
    messages.success(request, _("‘%(name)s’ 틀을 저장했습니다.") % {"name": row.name})
    return redirect("portfolio:outlines", code)


@require_POST
@member_required(needs=Right.NOTE)
def remove(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Off the list."""
    remove_outline(request.account, pk)
    return redirect("portfolio:outlines", code)
