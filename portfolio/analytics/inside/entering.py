"""Entering (3.4): where the price stood when a trade was opened, in percent of what was there before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from portfolio.analytics.inside.shapes import Bar

__all__ = ["AVERAGES", "Entered", "entered", "percent_over"]

#: Days of the moving averages (이동평균선) a price is held against.
AVERAGES = (5, 20, 60)
#: 가격제한폭: no share moves further between two sessions. What did was split, merged or newly listed, and
#: prices from before it count other shares.
LIMIT = Decimal("0.3")


@dataclass(frozen=True, slots=True)
class Entered:
    """Percent, ``None`` unknown: the ``gap`` of the day's open and the ``change`` of the entry against the last
    close; ``over`` the mean of the last 5, 20 and 60 closes, of those with as many days."""

    gap: Decimal | None = None
    change: Decimal | None = None
    over: dict[int, Decimal] = field(default_factory=dict)


def entered(day: date, entry: Decimal | None, bars: Sequence[Bar]) -> Entered:
    """``bars`` are day bars as traded, oldest first, up to the ``day`` of the first fill or beyond; ``entry``
    is that fill's price in won. The day's own close is no part of an average: nobody knew it."""
    before = _same_shares([bar for bar in bars if bar.at.date() <= day])
    if len(before) < 2 or before[-1].at.date() != day:
        return Entered()
    today, closes = before[-1], [bar.close for bar in before[:-1]]
    gap = percent_over(today.open, closes[-1]) if today.open else None
    if entry is None:
        return Entered(gap)
    over = {span: percent_over(entry, _mean(closes[-span:])) for span in AVERAGES if len(closes) >= span}
    return Entered(gap, percent_over(entry, closes[-1]), over)


def percent_over(now: Decimal, then: Decimal) -> Decimal:
    """(now / then - 1) in percent."""
    return (now / then - 1) * 100


def _same_shares(bars: list[Bar]) -> list[Bar]:
    """The bars since the last jump beyond the limit; days without a price are left out."""
    priced = [bar for bar in bars if bar.close > 0]
    first = 0
    for place in range(1, len(priced)):
        begins = priced[place].open or priced[place].close
        if abs(begins / priced[place - 1].close - 1) > LIMIT:
            first = place
    return priced[first:]


def _mean(closes: Sequence[Decimal]) -> Decimal:
    return sum(closes, Decimal(0)) / len(closes)
