"""What is mine in one symbol: marks for its chart and order book, and the region under the chart."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from portfolio.presenting.symbol import SymbolMine

__all__ = ["marks", "mine"]


@require_GET
@member_required()
def marks(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """``{"average", "quantity", "orders": [...], "fills": [...]}``; the average is ``null`` without shares."""
    return JsonResponse(SymbolMine(request.account, symbol).as_marks())


@require_GET
@member_required()
def mine(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """Position, waiting orders and last fills; refreshed by the page after every order event."""
    return render(request, "portfolio/symbol_mine.html", {"mine": SymbolMine(request.account, symbol)})
