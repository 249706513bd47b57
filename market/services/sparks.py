"""Sparks: the course of a symbol's present day in a few closes, for lines too small for axes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls import charts
from kiwoomweb.broker.domain import SEOUL, Candle
from kiwoomweb.broker.pacing import Priority
from market.services.candles import SPANS
from market.services.keeping import kept_or_asked

__all__ = ["Course", "course_of"]

#: Bars of five minutes are enough for a line this small; ticks lead it on from there.
SPAN = replace(SPANS["5m"], fresh=timedelta(minutes=4))


@dataclass(frozen=True, slots=True)
class Course:
    """``closes`` of ``day`` in won, oldest first, one each five minutes.

    ``trouble`` is a sentence for a person.
    """

    day: date | None
    closes: list[int]
    trouble: str = ""


def course_of(account: Account, symbol: str) -> Course:
    """The last day of the newest page of 5-minute bars (ka10080), asked behind everything a person waits for.

    Raises ``UnknownSymbol``.
    """

    def ask() -> list[Candle]:
        broker = broker_for(account, Priority.ROUTINE)
        return charts.candles(broker, symbol, SPAN.span, minutes=SPAN.minutes, adjusted=True)

    # The same question the chart asks: what either has heard serves both.
    told = kept_or_asked(account, f"candles:{symbol}:{SPAN.key}:adjusted", list[Candle], ask, SPAN.fresh)
    bars = [(candle.at.astimezone(SEOUL).date(), candle.close) for candle in told.value or ()]
    last = bars[-1][0] if bars else None
    return Course(last, [close for day, close in bars if day == last], told.trouble)
