"""매매: the list of trades, edits of many at once, and what people know of holdings that no fill tells."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.fragments import show
from portfolio.models import BulkEdit, HoldingEvent
from portfolio.presenting.trade_list import LATER, TradeList
from portfolio.services.holding_events import Unclear, record_event, withdraw_event
from portfolio.services.reviews.bulk import undo
from portfolio.services.reviews.bulk_form import BulkForm, Impossible
from portfolio.views.returning import back_to

__all__ = ["bulk", "bulk_undo", "event", "event_withdraw", "trades"]


@require_GET
@member_required()
def trades(request: MemberRequest, code: str) -> HttpResponse:
    """The list the address asks for; filter, order and place all live in the address."""
    page = TradeList(request.account, request.user, request.GET, may_write=Right.NOTE in request.rights)
    return show(request, "portfolio/trades.html", {"page": page}, "trades", later=LATER)


@require_POST
@member_required(needs=Right.NOTE)
def bulk(request: MemberRequest, code: str) -> HttpResponse:
    """Edit the chosen trades, or all of the filter."""
    try:
        edit = BulkForm(request.account, request.user, request.POST).apply()
        told = _("%(words)s: %(n)s건을 바꾸었습니다. 되돌릴 수 있습니다.")
        messages.success(request, told % {"words": edit.words, "n": f"{edit.trades:,}"})
    except Impossible as no:
        messages.error(request, str(no))
    return _back(request, code)


@require_POST
@member_required(needs=Right.NOTE)
def bulk_undo(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Take an edit of many trades back."""
    edit = BulkEdit.objects.filter(account=request.account, pk=pk).first()
    if edit is None:
        raise Http404
    undone = undo(request.account, edit, request.user)
    told = _("%(n)s건을 되돌렸습니다.") % {"n": f"{undone.restored:,}"}
    if undone.left:
        told += " " + _("그 뒤에 다시 바뀐 %(n)s가지는 그대로 두었습니다.") % {"n": f"{undone.left:,}"}
    messages.success(request, told)
    return _back(request, code)


@require_POST
@member_required(needs=Right.NOTE)
def event(request: MemberRequest, code: str) -> HttpResponse:
    """Record a holding event; the trades of the symbol are derived anew at once."""
    try:
        record_event(request.account, request.POST.dict(), request.user)
        messages.success(request, _("적은 대로 거래를 다시 계산했습니다."))
    except Unclear as no:
        messages.error(request, str(no))
    return _back(request, code)


@require_POST
@member_required(needs=Right.NOTE)
def event_withdraw(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Withdraw a holding event; it stays to be read."""
    found = HoldingEvent.objects.filter(account=request.account, pk=pk).first()
    if found is None:
        raise Http404
    withdraw_event(found, request.user)
    messages.success(request, _("거두고 거래를 다시 계산했습니다. 기록은 남아 있습니다."))
    return _back(request, code)


def _back(request: MemberRequest, code: str) -> HttpResponse:
    return redirect(back_to(request, reverse("portfolio:trades", args=[code])))
