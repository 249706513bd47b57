"""Numbers as JSON: candles of shares, indices and gold, and the book when no live one has come."""

from datetime import timedelta
from decimal import Decimal

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.broker.domain import SEOUL, Candle, IndexCandle, Span
from kiwoomweb.broker.errors import UnknownSymbol
from market.events import encode
from market.reading import book_event
from market.services.candles import SPANS, candles_of
from market.services.keeping import Answer
from market.services.levels import GOLD_SPANS, gold_candles_of, index_candles_of
from market.services.quotes import book_of
from market.topics import topic

__all__ = ["book", "candles", "gold_candles", "index_candles"]

#: The chart library knows no time zones: it gets Seoul's wall clock as if it were UTC.
SHIFT = int(timedelta(hours=9).total_seconds())
FINE = {Span.TICK, Span.MINUTE}

Bar = list[str | int | float | None]


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
    return bars_of(told, fine=span.span in FINE)


@require_GET
@member_required()
def index_candles(request: MemberRequest, code: str, sector: str) -> HttpResponse:
    """The same of a sector index; levels are numbers with two decimals."""
    span = SPANS.get(request.GET.get("span", "day"))
    if span is None or not plausible(sector):
        return JsonResponse({"trouble": "unknown span or sector"}, status=404)
    return bars_of(index_candles_of(request.account, sector, span), fine=span.span in FINE)


@require_GET
@member_required()
def gold_candles(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """The same of a gold contract (M04020000, M04020100)."""
    span = GOLD_SPANS.get(request.GET.get("span", "day"))
    if span is None or not plausible(symbol):
        return JsonResponse({"trouble": "unknown span or symbol"}, status=404)
    return bars_of(gold_candles_of(request.account, symbol, span), fine=span.span in FINE)


def plausible(text: str) -> bool:
    return len(text) <= 9 and text.isascii() and text.isalnum()


def bars_of(told: Answer[list[Candle]] | Answer[list[IndexCandle]], *, fine: bool) -> HttpResponse:
    bars = [bar(candle, fine=fine) for candle in told.value or ()]
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
    event = book_event(told.value, topic("book", symbol), heard)
    return HttpResponse(encode(event), content_type="application/json")


def bar(candle: Candle | IndexCandle, *, fine: bool) -> Bar:
    """One bar. A day without trades has no open, high or low of its own: it stands at its close."""
    at = candle.at.astimezone(SEOUL)
    time: str | int = int(at.timestamp()) + SHIFT if fine else at.date().isoformat()
    prices = [candle.open or candle.close, candle.high or candle.close, candle.low or candle.close]
    return [time, *(number(price) for price in (*prices, candle.close)), candle.volume]


def number(price: int | Decimal) -> int | float:
    """Won as they are; the chart draws levels and takes no text."""
    return price if isinstance(price, int) else float(price)
