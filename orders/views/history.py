"""주문 내역: orders and fills of a span, and the same as files."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.ui.fragments import show
from kiwoomweb.ui.takeaway import KINDS, take_away
from orders.presenting.history import HistoryPage

__all__ = ["files", "history"]


@require_GET
@member_required()
def history(request: MemberRequest, code: str) -> HttpResponse:
    """The filter lives in the address."""
    page = HistoryPage(request.account, request.GET)
    return show(request, "orders/history.html", {"page": page}, "results")


@require_GET
@member_required(needs=Right.EXPORT)
def files(request: MemberRequest, code: str, kind: str) -> HttpResponseBase:
    """All orders the filter finds, as CSV or a workbook."""
    if kind not in KINDS:
        raise Http404
    page = HistoryPage(request.account, request.GET.dict())
    sheet = page.sheet()
    first, last = page.days
    return take_away(request, kind, f"{request.account.name}-{sheet.name}-{first}~{last}", [sheet])
