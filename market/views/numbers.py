"""Numbers as JSON: candles of shares, indices and gold, and the book when no live one has come."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from kiwoomweb.access.gateway import brokers_moment
from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL, Candle, IndexCandle, Span
from kiwoomweb.broker.errors import UnknownSymbol
from market.desk.venues import venue_of
from market.events import encode
from market.reading import book_event
from market.services.candles import SPANS, ChartSpan, Past, candles_of
from market.services.keeping import Answer
from market.services.levels import GOLD_SPANS, gold_candles_of, index_candles_of
from market.services.quotes import book_of
from market.topics import topic

__all__ = ["book", "candles", "gold_candles", "index_candles"]

#: The chart library knows no time zones: it gets Seoul's wall clock as if it were UTC.
SHIFT = int(timedelta(hours=9).total_seconds())
FINE = {Span.TICK, Span.MINUTE}
#: The first minute of the day's first session: before it there is nothing of that day.
OPENING = (8, 0, 0)
#: Ticks on a page of the broker's.
PAGE = 900

Bar = list[str | int | float | None]


@require_GET
@member_required(covers=False)
def candles(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """``?span=5m&adjusted=1&venue=NXT`` -> ``{"bars": [[time, open, high, low, close, volume], …], …}``.

    ``until`` is the market's moment the bars reach to. With ``before`` (the time of the oldest bar known) and
    ``have`` (how many are known) the bars before that one.
    """
    span = SPANS.get(request.GET.get("span", "day"))
    before = before_of(request.GET.get("before", ""))
    if span is None or (before is None and "before" in request.GET):
        return JsonResponse({"trouble": "unknown span or moment"}, status=404)
    asked = venue_of(request.account.environment, request.GET.get("venue", "")).asked(symbol)
    past = past_of(before, span, request.GET.get("have", ""))
    try:
        told = candles_of(request.account, asked, span, adjusted=request.GET.get("adjusted") != "0", past=past)
    except UnknownSymbol as unknown:
        return JsonResponse({"trouble": unknown.notice}, status=404)
    return bars_of(told, fine=span.span in FINE, before=before, until=reaches_to(request.account, told.at))


@require_GET
@member_required(covers=False)
def index_candles(request: MemberRequest, code: str, sector: str) -> HttpResponse:
    """The same of a sector index; levels are numbers with two decimals."""
    span = SPANS.get(request.GET.get("span", "day"))
    if span is None or not plausible(sector):
        return JsonResponse({"trouble": "unknown span or sector"}, status=404)
    return bars_of(index_candles_of(request.account, sector, span), fine=span.span in FINE)


@require_GET
@member_required(covers=False)
def gold_candles(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """The same of a gold contract (M04020000, M04020100)."""
    span = GOLD_SPANS.get(request.GET.get("span", "day"))
    if span is None or not plausible(symbol):
        return JsonResponse({"trouble": "unknown span or symbol"}, status=404)
    return bars_of(gold_candles_of(request.account, symbol, span), fine=span.span in FINE)


def plausible(text: str) -> bool:
    return len(text) <= 9 and text.isascii() and text.isalnum()


def bars_of(
    told: Answer[list[Candle]] | Answer[list[IndexCandle]],
    *,
    fine: bool,
    before: datetime | None = None,
    until: int | None = None,
) -> HttpResponse:
    wanted = (candle for candle in told.value or () if before is None or candle.at < before)
    bars = [bar(candle, fine=fine) for candle in wanted]
    return JsonResponse({"bars": bars, "at": told.at, "until": until, "trouble": told.trouble})


def reaches_to(account: Account, answered: datetime | None) -> int | None:
    """The market's moment (epoch seconds) of an answer that came at ``answered`` by our clock."""
    if answered is None:
        return None
    return int(brokers_moment(account, answered).timestamp())


def before_of(text: str) -> datetime | None:
    """When the bar began that the chart calls by this time: a day, or seconds of Seoul's clock."""
    try:
        if "-" in text:
            return datetime.combine(date.fromisoformat(text), time(), tzinfo=SEOUL)
        return datetime.fromtimestamp(float(text) - SHIFT, SEOUL)
    except (ValueError, OverflowError, OSError):
        return None


def past_of(before: datetime | None, span: ChartSpan, have: str) -> Past | None:
    """The page that ends before that bar: a day's minutes may go on, a day itself is over."""
    if before is None or before.date() == date.min:
        return None
    fine = span.span in FINE and before.timetuple()[3:6] > OPENING
    known = int(have) if have.isascii() and have.isdigit() and len(have) < 7 else 0
    return Past(before.date() if fine else before.date() - timedelta(days=1), known // PAGE + 2)


@require_GET
@member_required(covers=False)
def book(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """The last good 호가 in the form of the live one (``BookEvent``); 204 when there never was one."""
    asked = venue_of(request.account.environment, request.GET.get("venue", ""))
    try:
        told = book_of(request.account, asked.asked(symbol))
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
