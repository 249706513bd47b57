"""손익: realised results of a period, by day or by symbol, to the won."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.ui.fragments import show
from portfolio.presenting.filter_bar import FOLDED
from portfolio.presenting.pnl import PnlPage

__all__ = ["pnl"]


@require_GET
@member_required()
def pnl(request: MemberRequest, code: str) -> HttpResponse:
    """The table the address asks for; filter, period, grouping and order all live in the address."""
    page = PnlPage(request.account, request.GET, request.user)
    return show(request, "portfolio/pnl.html", {"page": page}, "results", later=FOLDED)
