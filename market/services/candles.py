"""Candles: the bars of one symbol for the chart, asked at most so often and kept with their age."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls import charts
from kiwoomweb.broker.domain import Candle, Span
from kiwoomweb.broker.pacing import Priority
from market.services.keeping import Answer, kept_or_asked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["SPANS", "ChartSpan", "Past", "candles_of"]


@dataclass(frozen=True, slots=True)
class ChartSpan:
    """One button above the chart. An answer serves for ``fresh``; ticks extend the last bar meanwhile."""

    key: str
    span: Span
    minutes: int
    label: "StrOrPromise"
    fresh: timedelta


def _minutes(n: int, label: "StrOrPromise") -> ChartSpan:
    return ChartSpan(f"{n}m", Span.MINUTE, n, label, timedelta(seconds=20))


SPANS = {
    one.key: one
    for one in (
        ChartSpan("tick", Span.TICK, 1, _("틱"), timedelta(seconds=5)),
        _minutes(1, _("1분")),
        _minutes(3, _("3분")),
        _minutes(5, _("5분")),
        _minutes(15, _("15분")),
        _minutes(30, _("30분")),
        _minutes(60, _("60분")),
        ChartSpan("day", Span.DAY, 0, _("일"), timedelta(seconds=60)),
        ChartSpan("week", Span.WEEK, 0, _("주"), timedelta(minutes=10)),
        ChartSpan("month", Span.MONTH, 0, _("월"), timedelta(minutes=10)),
        ChartSpan("year", Span.YEAR, 0, _("년"), timedelta(minutes=10)),
    )
}


@dataclass(frozen=True, slots=True)
class Past:
    """Where an older page of bars ends: ``day`` is the last one wanted, ``pages`` how far back ticks lie."""

    day: date
    pages: int


#: Ticks have no dates to ask by: they are read from now back, so many pages and no more.
MOST_PAGES = 4
#: What lies in the past stays as it is, but for 수정주가 after a split.
SETTLED = timedelta(hours=6)


def candles_of(
    account: Account, symbol: str, span: ChartSpan, *, adjusted: bool, past: Past | None = None
) -> Answer[list[Candle]]:
    """One page of bars, oldest first, 수정주가 when ``adjusted``, older ones up to ``past``.

    Raises ``UnknownSymbol``.
    """
    ticks = span.span is Span.TICK
    pages = min(past.pages, MOST_PAGES) if past and ticks else 1
    until = past.day if past and not ticks else None

    def ask() -> list[Candle]:
        broker = broker_for(account, Priority.PERSON)
        return charts.candles(
            broker, symbol, span.span, minutes=span.minutes or 1, adjusted=adjusted, until=until, pages=pages
        )

    what = f"candles:{symbol}:{span.key}:{'adjusted' if adjusted else 'raw'}"
    if past:
        what += f":{pages if ticks else until}"
    return kept_or_asked(account, what, list[Candle], ask, SETTLED if until else span.fresh)
