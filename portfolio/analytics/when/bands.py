"""Bands of numbers: holding time, price, size, and what was known at entry."""

from decimal import Decimal
from itertools import pairwise

from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.when.bucket import Bucket, banded

__all__ = ["FACTS", "HOLDING", "PRICES", "SIZES", "fact_band", "holding_band", "price_band", "size_band"]

HOLDING = (
    Bucket("h0", "1분 미만", "under 1 min"),
    Bucket("h1", "1–2분", "1–2 min"),
    Bucket("h2", "2–5분", "2–5 min"),
    Bucket("h5", "5–10분", "5–10 min"),
    Bucket("h10", "10–20분", "10–20 min"),
    Bucket("h20", "20–40분", "20–40 min"),
    Bucket("h40", "40–60분", "40–60 min"),
    Bucket("h60", "1–2시간", "1–2 h"),
    Bucket("day", "당일", "same day"),
    Bucket("d2", "2–5일", "2–5 days"),
    Bucket("w1", "1–4주", "1–4 weeks"),
    Bucket("long", "그 이상", "longer"),
)
MINUTES = (1, 2, 5, 10, 20, 40, 60, 120)
#: Calendar days between the first buy and the close: the day after is the second day.
NIGHTS = (6, 29)
WITHIN_DAY, OVERNIGHT = HOLDING[:9], HOLDING[9:]

PRICES = (
    Bucket("p0", "2천 원 미만", "under ₩2,000"),
    Bucket("p2", "2천–5천 원", "₩2,000–5,000"),
    Bucket("p5", "5천–2만 원", "₩5,000–20,000"),
    Bucket("p20", "2만–5만 원", "₩20,000–50,000"),
    Bucket("p50", "5만–20만 원", "₩50,000–200,000"),
    Bucket("p200", "20만 원 이상", "₩200,000 and up"),
)
PRICE_EDGES = (2_000, 5_000, 20_000, 50_000, 200_000)

SIZES = (
    Bucket("s0", "100만 원 미만", "under ₩1M"),
    Bucket("s1", "100만–500만 원", "₩1M–5M"),
    Bucket("s5", "500만–1천만 원", "₩5M–10M"),
    Bucket("s10", "1천만–3천만 원", "₩10M–30M"),
    Bucket("s30", "3천만–1억 원", "₩30M–100M"),
    Bucket("s100", "1억 원 이상", "₩100M and up"),
)
SIZE_EDGES = (1_000_000, 5_000_000, 10_000_000, 30_000_000, 100_000_000)


def _steps(unit: str, *edges: int) -> tuple[tuple[int, ...], tuple[Bucket, ...]]:
    """Bands between these edges, in one unit that reads the same in both languages."""
    inner = [Bucket(f"b{n}", f"{low}–{high}{unit}", f"{low}–{high}{unit}") for n, (low, high) in _pairs(edges)]
    first = Bucket("b0", f"< {edges[0]}{unit}", f"< {edges[0]}{unit}")
    last = Bucket(f"b{len(edges)}", f"≥ {edges[-1]}{unit}", f"≥ {edges[-1]}{unit}")
    return edges, (first, *inner, last)


def _pairs(edges: tuple[int, ...]) -> list[tuple[int, tuple[int, int]]]:
    return list(enumerate(pairwise(edges), 1))


#: What was known at entry (``Outcome.facts``): percent, times, places and 억원.
FACTS = {
    "gap": _steps(" %", -3, -1, 0, 1, 3, 7),
    "change": _steps(" %", -5, 0, 3, 7, 15, 25),
    "strength": _steps(" %", 80, 100, 120, 150, 200),
    "rank": _steps("", 11, 31, 51, 101),
    "market_cap": _steps("억", 1_000, 3_000, 10_000, 50_000),
    "ma5": _steps(" %", -5, 0, 3, 7, 15),
    "ma20": _steps(" %", -10, 0, 5, 15, 30),
    "ma60": _steps(" %", -20, 0, 10, 30, 60),
    "market": _steps(" %", -1, 0, 1),
}


def holding_band(outcome: Outcome) -> str:
    """By trading minutes within a day, by calendar days beyond; "" when nobody knows."""
    nights = (outcome.day - outcome.opened_day).days if outcome.opened_day else 0
    if nights:
        return banded(nights, NIGHTS, OVERNIGHT)
    minutes = outcome.minutes
    if minutes is None and outcome.opened_at and outcome.closed_at:
        minutes = int((outcome.closed_at - outcome.opened_at).total_seconds() // 60)
    return banded(minutes, MINUTES, WITHIN_DAY)


def price_band(outcome: Outcome) -> str:
    """By the average price of the buys."""
    return banded(outcome.entry, PRICE_EDGES, PRICES)


def size_band(outcome: Outcome) -> str:
    """By 매입금액."""
    return banded(outcome.cost or None, SIZE_EDGES, SIZES)


def fact_band(outcome: Outcome, fact: str) -> str:
    """By a number known at entry."""
    edges, buckets = FACTS[fact]
    value: Decimal | None = outcome.facts.get(fact)
    return banded(value, edges, buckets)
