"""Saved filters: kept, renamed and removed from whatever page they were made on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from portfolio.models import SavedFilter
from portfolio.services.saving_filters import Unsavable, remove_filter, rename_filter, save_filter
from portfolio.views.returning import back_to

__all__ = ["change_filter", "keep_filter"]


@require_POST
@member_required()
def keep_filter(request: MemberRequest, code: str) -> HttpResponse:
    """Keep the query of a page under a name, for oneself."""
    try:
        kept = save_filter(
            request.account, request.user, request.POST.get("name", ""), request.POST.get("query", "")
        )
        messages.success(request, _("‘%(name)s’ 필터를 저장했습니다.") % {"name": kept.name})
    except Unsavable as no:
        messages.error(request, str(no))
    return redirect(back_to(request, reverse("portfolio:trades", args=[code])))


@require_POST
@member_required()
def change_filter(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Rename or remove one of one's own."""
    saved = SavedFilter.objects.filter(
        account=request.account, person=request.user, pk=pk, removed_at=None
    ).first()
    if saved is None:
        raise Http404
    try:
        if request.POST.get("do") == "remove":
            remove_filter(saved)
            messages.success(request, _("‘%(name)s’ 필터를 지웠습니다.") % {"name": saved.name})
        else:
            rename_filter(saved, request.POST.get("name", ""))
    except Unsavable as no:
        messages.error(request, str(no))
    return redirect(back_to(request, reverse("portfolio:trades", args=[code])))
