"""What a 편입 was worth: the price after a while against the price at the hit, before and after costs.

    gross = exit / entry - 1
    net   = (exit - s_exit) (1 - c - t) / ((entry + s_entry) (1 + c)) - 1

c is the commission rate, t the tax on selling, s half a tick: nobody buys below the ask or sells above the bid,
and a spread is one tick at least. Both are percent. Prices are won.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kiwoomweb.broker.domain import Candle
from kiwoomweb.broker.environment import Environment
from market.analytics.ticks import SINCE_2023, tick

__all__ = ["Costs", "costs_of", "extremes_after", "gross", "last_print", "net", "price_after"]

#: Kinds of the listing that are no shares, as ``ticks`` calls them; they pay no tax on selling.
FUNDS = {"ETF": "etf", "ETN": "etn", "ELW": "elw"}
#: 온라인 0.015 %, 모의 0.35 % (PROTOCOL 6.1).
COMMISSION = {
    Environment.LIVE: Decimal("0.00015"),
    Environment.SIMULATOR: Decimal("0.00015"),
    Environment.PAPER: Decimal("0.0035"),
}
#: 거래세 with 농특세 from these days on (PROTOCOL 6.1); funds pay none.
TAX = (
    (date(2023, 1, 1), Decimal("0.0020")),
    (date(2024, 1, 1), Decimal("0.0018")),
    (date(2025, 1, 1), Decimal("0.0015")),
    (date(2026, 1, 1), Decimal("0.0020")),
)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Costs:
    """Rates, not percent: 0.00015 is 0.015 %. ``kind`` and ``day`` decide the tick."""

    commission: Decimal
    tax: Decimal
    kind: str = "share"
    day: date = SINCE_2023


def costs_of(environment: Environment, kind: str, day: date) -> Costs:
    """What buying and selling a share of this ``kind`` (``""``, ``"ETF"``, …) costs on that day."""
    at = bisect_right([since for since, _rate in TAX], day)
    tax = Decimal(0) if kind in FUNDS else TAX[max(at - 1, 0)][1]
    return Costs(COMMISSION[environment], tax, FUNDS.get(kind, "share"), day)


def _half_a_tick(price: Decimal, costs: Costs) -> Decimal:
    """Of a price that need not be on a step itself; one won where nobody knows the step."""
    return Decimal(tick(costs.kind, int(price), costs.day) or 1) / 2


def gross(entry: Decimal, leaving: Decimal) -> Decimal:
    """Percent."""
    return _percent(leaving / entry - 1)


def net(entry: Decimal, leaving: Decimal, costs: Costs) -> Decimal:
    """Percent, after both commissions, the tax, and half a spread on the way in and out."""
    paid, got = entry + _half_a_tick(entry, costs), leaving - _half_a_tick(leaving, costs)
    return _percent(got * (1 - costs.commission - costs.tax) / (paid * (1 + costs.commission)) - 1)


def last_print(prints: Sequence[Candle], at: datetime) -> int | None:
    """The price of the last print at or before that moment, of prints oldest first.

    ``None`` when the oldest of them is younger: what was before it nobody told us.
    """
    place = bisect_right([one.at for one in prints], at)
    return prints[place - 1].close if place else None


def price_after(minutes: Sequence[Candle], at: datetime) -> int | None:
    """The close of the last whole minute ended by ``at``, of bars oldest first; ``None`` before them."""
    place = bisect_right([one.at + MINUTE for one in minutes], at)
    return minutes[place - 1].close if place else None


def _percent(ratio: Decimal) -> Decimal:
    return (ratio * 100).quantize(Decimal("0.0001"))


def extremes_after(minutes: Sequence[Candle], at: datetime, price: int) -> tuple[int, int]:
    """The lowest and highest won from a hit at ``price`` on. The minute the hit fell into began before it and
    tells nothing; the price of the hit itself is an extreme as well."""
    later = [bar for bar in minutes if bar.at >= at]
    return min([price, *(int(bar.low) for bar in later)]), max([price, *(int(bar.high) for bar in later)])
