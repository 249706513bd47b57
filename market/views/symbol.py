"""종목: the page of one symbol, and the way to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.gateway import brokers_moment
from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.broker.errors import BrokerError, UnknownSymbol
from market.models import Instrument
from market.pages import SymbolPage
from market.recent import looked_at, remember
from market.selectors.instruments import find, named
from market.services.instruments import known_or_learnt
from market.services.investors import investors_of

__all__ = ["investors", "symbol", "symbols"]


@require_GET
@member_required(covers=False)
def symbol(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """Price, candles, order book and tape; what is mine comes from the portfolio's addresses."""
    found = known_to(request, symbol)
    if found is None:
        near = find(symbol, most=8)
        return render(request, "market/unknown.html", {"symbol": symbol, "near": near}, status=404)
    remember(request.session, code, symbol)
    asked = [request.GET.get(name, "") for name in ("span", "at", "venue")]
    page = SymbolPage(request.account, found, *asked)
    return render(request, "market/symbol.html", {"page": page})


@require_GET
@member_required(covers=False)
def investors(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """투자자별 of the last days, in shares or (``?unit=won``) in won; a part of the symbol's page."""
    shares = request.GET.get("unit") != "won"
    try:
        told = investors_of(request.account, symbol, shares=shares)
    except UnknownSymbol:
        return HttpResponse(status=404)
    at = brokers_moment(request.account, told.at) if told.at else None
    context = {"account": request.account, "symbol": symbol, "shares": shares, "told": told, "at": at}
    return render(request, "market/investors.html", context)


def known_to(request: MemberRequest, symbol: str) -> Instrument | None:
    """The instrument. With the broker silent and the list empty, the page still opens under its bare code."""
    try:
        return known_or_learnt(request.account, symbol)
    except BrokerError:
        return Instrument(symbol=symbol, name=symbol)


@require_GET
@member_required(covers=False)
def symbols(request: MemberRequest, code: str) -> HttpResponse:
    """What I hold (by the portfolio's address), what I looked at last, and a search."""
    recent = named(looked_at(request.session, code))
    return render(request, "market/symbols.html", {"account": request.account, "recent": recent})
