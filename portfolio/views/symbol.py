"""What is mine: marks for a symbol's chart and book, the region under the chart, marks for tables."""

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from portfolio.presenting.symbol import SymbolMine
from portfolio.selectors.own import own_lots, own_of

__all__ = ["marks", "mine", "own"]


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


@require_GET
@member_required()
def own(request: MemberRequest, code: str) -> HttpResponse:
    """``{"held": ["005930"], "traded": ["000660"]}`` of the team's accounts of this environment, and what this
    account holds: ``{"lots": {"005930": {"quantity": 10, "cost": 712000}}}``; nothing of it where amounts are
    covered."""
    found = own_of(request.user, request.account)
    held = {} if request.masked else own_lots(request.account)
    lots = {symbol: asdict(lot) for symbol, lot in held.items()}
    return JsonResponse({"held": found.held, "traded": found.traded, "lots": lots})
