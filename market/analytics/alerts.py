"""Alerts as arithmetic: has what was seen of a share since the last look reached a threshold?

Every trade between two looks counts, not only the last: a price that touched the threshold and turned has
reached it.
"""

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Seen", "reached", "seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    """``high`` and ``low`` are the extremes since the last look (won), ``base`` yesterday's close (won),
    ``volume`` the day's shares, ``at`` the broker's moment in epoch seconds."""

    last: int
    high: int
    low: int
    base: int
    volume: int | None
    at: int


def seen(quote: dict[str, object], prices: list[int], before: dict[str, object] | None) -> Seen:
    """What has happened between the quote ``before`` and ``quote``; ``prices`` are the trades in between.

    A new high or low of the day counts too, in case more trades came than the tape holds.
    """
    last, change = number(quote, "price"), number(quote, "change")
    highs, lows = [last, *prices], [last, *prices]
    if before is not None:
        if number(quote, "high") > number(before, "high") > 0:
            highs.append(number(quote, "high"))
        if 0 < number(quote, "low") < number(before, "low"):
            lows.append(number(quote, "low"))
    volume = quote.get("volume")
    known = volume if isinstance(volume, int) else None
    return Seen(last, max(highs), min(lows), last - change, known, number(quote, "at"))


def reached(kind: str, threshold: Decimal, now: Seen) -> Decimal | None:
    """The value that reached the threshold (won, percent, shares), or ``None``.

    ``rate`` = (price - base) / base x 100, exact; no base, no rate.
    """
    if kind.startswith("volume"):
        return Decimal(now.volume) if now.volume is not None and now.volume >= threshold else None
    price = now.high if kind.endswith("_over") else now.low
    value = Decimal(price)
    if kind.startswith("rate"):
        if now.base <= 0:
            return None
        value = (value - now.base) * 100 / now.base
    there = value >= threshold if kind.endswith("_over") else value <= threshold
    return value if there else None


def number(quote: dict[str, object], name: str) -> int:
    """A whole number of the quote; what is not said counts as nothing."""
    value = quote.get(name)
    return value if isinstance(value, int) else 0
