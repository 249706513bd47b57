"""The boards: every list of the market, one address each, the choices in the query."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.ui.fragments import show
from market.boards.page import HOME_SYMBOL, BoardPage
from market.boards.shelves import SHELVES, board_of, shelf_of
from market.recent import looked_at, remember

__all__ = ["board", "shelf"]


@require_GET
@member_required(covers=False)
def shelf(request: MemberRequest, code: str, shelf: str) -> HttpResponse:
    """A tab: its first board."""
    found = shelf_of(shelf)
    if found is None:
        raise Http404
    return redirect("market:board", code, shelf, found.first.tr)


@require_GET
@member_required(covers=False)
def board(request: MemberRequest, code: str, shelf: str, tr: str) -> HttpResponse:
    """One list, asked with what the address says; 422 with the reason at its field where that cannot be."""
    found = shelf_of(shelf)
    chosen = board_of(found, tr) if found else None
    if found is None or chosen is None:
        raise Http404
    symbol = next(iter(looked_at(request.session, code)), HOME_SYMBOL)
    page = BoardPage(request.account, found, chosen, request.GET.dict(), symbol)
    if "stk_cd" in request.GET and page.subject:
        remember(request.session, code, page.subject.symbol)
    context = {"page": page, "shelves": SHELVES, "shelf": found}
    return show(request, "market/board.html", context, "listing", status=422 if page.problems else 200)
