"""복기: one trade, and the numbers of its chart."""

import hashlib
import json

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from portfolio.models import Trade
from portfolio.presenting.trade import SPANS, TradeChart, TradePage
from portfolio.presenting.trade.subject import Subject
from portfolio.selectors.trades import trade_of
from portfolio.services.inside.fetching import fetch_for_a_person

__all__ = ["trade", "trade_chart"]


@require_GET
@member_required()
def trade(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """The page. What was merged away leads to the trade that stands for it now."""
    found = _found(request, pk)
    if found.merged_into_id:
        return redirect("portfolio:trade", code, found.present.pk)
    page = TradePage(Subject(found), request.GET, may_write=Right.NOTE in request.rights)
    return render(request, "portfolio/trade.html", {"page": page})


@require_GET
@member_required()
def trade_chart(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """``?span=15m&adjusted=1`` -> see ``presenting.trade.chart``; 304 while nothing has changed."""
    found = _found(request, pk).present
    span = request.GET.get("span", "")
    if span not in SPANS or found.account_id != request.account.pk:
        raise Http404
    fetch_for_a_person(found)
    chart = TradeChart(Subject(found), span, request.GET.get("adjusted") == "1")
    told = json.dumps(chart.as_json(), ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(told).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    return HttpResponse(told, content_type="application/json", headers=headers)


def _found(request: MemberRequest, pk: int) -> Trade:
    found = trade_of(request.account, pk)
    if found is None:
        raise Http404
    found.account = request.account
    return found
