"""The board of symbols: the page, how a person looks at it, and the small lines of the day."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.broker.errors import UnknownSymbol
from market.boards.shelves import SHELVES
from market.screens.board.columns import COLUMNS
from market.screens.board.page import BoardPage
from market.services.looks import keep_look
from market.services.sparks import course_of
from market.taken_off import taken_off

__all__ = ["board", "course", "look"]


@require_GET
@member_required(covers=False)
def board(request: MemberRequest, code: str) -> HttpResponse:
    """``?list=7&page=2``"""
    asked = request.GET
    page = BoardPage(request.account, request.user, request.rights, asked.get("list", ""))
    page.turn = asked.get("page", "")
    page.removed_now = taken_off(request.session, page.current)
    return render(request, "market/live_board.html", {"page": page, "shelves": SHELVES, "at": "watchlists"})


@require_POST
@member_required(covers=False)
def look(request: MemberRequest, code: str) -> HttpResponse:
    """Keep columns, order or view: whatever the form holds. A script gets 204, a form goes back to its list."""
    told = request.POST
    columns = [key for key in told.getlist("column") if key in COLUMNS] if "columns" in told else None
    sort = told.get("sort", "")
    order = (sort if sort in COLUMNS else "", told.get("descending") == "1") if "sort" in told else None
    keep_look(request.user, columns=columns, order=order, view=told.get("view"))
    if "quietly" in told:
        return HttpResponse(status=204)
    number = told.get("list", "")
    return redirect(reverse("market:live_board", args=[code]) + (f"?list={number}" if number.isdigit() else ""))


@require_GET
@member_required(covers=False)
def course(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """``{"day", "closes": [won, …], "trouble"}`` of the present day."""
    try:
        told = course_of(request.account, symbol)
    except UnknownSymbol as unknown:
        return JsonResponse({"trouble": unknown.notice}, status=404)
    return JsonResponse({"day": told.day, "closes": told.closes, "trouble": told.trouble})
