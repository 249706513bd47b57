"""Spreads: results in percent of what was paid, or in R, as buckets trades fall into."""

from decimal import Decimal

from portfolio.analytics.outcomes import Outcome, r_of
from portfolio.analytics.when.bucket import Bucket
from portfolio.analytics.when.dimensions import DIMENSIONS, Dimension

__all__ = ["EVERY", "SPREADS", "is_below"]

#: One percent wide, and half an R; what lies beyond is in the outermost.
PERCENT, RS = (-15, 15), (-8, 16)
HALF = Decimal("0.5")


def _percent(one: Outcome) -> tuple[str, ...]:
    if not one.cost:
        return ()
    low, high = PERCENT
    return (_key(max(low - 1, min(high, int(Decimal(one.net) / one.cost * 100 // 1)))),)


def _r(one: Outcome) -> tuple[str, ...]:
    r = r_of(one)
    return () if r is None else (_key(max(RS[0] - 1, min(RS[1], int(r / HALF // 1)))),)


def _key(place: int) -> str:
    return f"m{-place}" if place < 0 else f"p{place}"


def is_below(key: str) -> bool:
    """Whether the bucket of this key lies below zero."""
    return key.startswith("m")


def _buckets(ends: tuple[int, int], unit: str, width: Decimal) -> tuple[Bucket, ...]:
    low, high = ends
    names = {low - 1: f"< {low * width:g}{unit}", high: f"≥ {high * width:g}{unit}"}
    words = {n: names.get(n, f"{n * width:g}{unit}").replace("-", "\u2212") for n in range(low - 1, high + 1)}
    return tuple(Bucket(_key(n), word, word) for n, word in words.items())


SPREADS = {
    "percent": Dimension("percent", "수익률 구간", "Return", _percent, _buckets(PERCENT, " %", Decimal(1))),
    "r": Dimension("r", "R 구간", "R", _r, _buckets(RS, "R", HALF)),
}
EVERY = {**DIMENSIONS, **SPREADS}
