"""Numbers as JSON: candles for the chart, and the book when no live one has come."""

from datetime import timedelta

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.broker.domain import SEOUL, Candle, Span
from kiwoomweb.broker.errors import UnknownSymbol
from market.events import encode
from market.reading import book_event
from market.services.candles import SPANS, candles_of
from market.services.quotes import book_of

__all__ = ["book", "candles"]

#: The chart library knows no time zones: it gets Seoul's wall clock as if it were UTC.
SHIFT = int(timedelta(hours=9).total_seconds())
FINE = {Span.TICK, Span.MINUTE}

Bar = list[str | int | None]


@require_GET
@member_required()
def candles(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """``?span=5m&adjusted=1`` -> ``{"bars": [[time, open, high, low, close, volume], …], "at", "trouble"}``."""
    span = SPANS.get(request.GET.get("span", "day"))
    if span is None:
        return JsonResponse({"trouble": "unknown span"}, status=404)
    try:
        told = candles_of(request.account, symbol, span, adjusted=request.GET.get("adjusted") != "0")
    except UnknownSymbol as unknown:
        return JsonResponse({"trouble": unknown.notice}, status=404)
    bars = [bar(candle, fine=span.span in FINE) for candle in told.value or []]
    return JsonResponse({"bars": bars, "at": told.at, "trouble": told.trouble})


@require_GET
@member_required()
def book(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """The last good 호가 in the form of the live one (``BookEvent``); 204 when there never was one."""
    try:
        told = book_of(request.account, symbol)
    except UnknownSymbol as unknown:
        return JsonResponse({"trouble": unknown.notice}, status=404)
    if told.value is None or told.at is None:
        return HttpResponse(status=204)
    heard = int(told.at.timestamp() * 1000)
    return HttpResponse(encode(book_event(told.value, heard)), content_type="application/json")


def bar(candle: Candle, *, fine: bool) -> Bar:
    """One bar. A day without trades has no open, high or low of its own: it stands at its close."""
    at = candle.at.astimezone(SEOUL)
    time: str | int = int(at.timestamp()) + SHIFT if fine else at.date().isoformat()
    prices = [candle.open or candle.close, candle.high or candle.close, candle.low or candle.close]
    return [time, *prices, candle.close, candle.volume]
