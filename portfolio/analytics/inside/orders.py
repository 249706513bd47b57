"""Slippage and order quality, for orders whose quotes were on record when they were submitted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why

__all__ = ["Sent", "chased", "order_quality", "slippage", "slippage_to_limit"]


@dataclass(frozen=True, slots=True)
class Sent:
    """One order as it was seen: prices in won per share, ``None`` = not on record.

    ``limits`` are its limit prices in order (none for a market order); ``side`` is 1 for a buy, -1 for a sell.
    """

    key: int
    side: int
    ordered: int
    filled: int
    average: Decimal | None
    submitted_at: datetime
    first_fill_at: datetime | None = None
    bid: Decimal | None = None
    ask: Decimal | None = None
    limits: tuple[Decimal, ...] = ()
    cancelled: bool = False


def slippage(order: Sent) -> Decimal | None:
    """side * (fill average - mid at submit) * q in won: > 0 was paid more (or got less) than the middle."""
    if order.average is None or order.bid is None or order.ask is None:
        return None
    return order.side * (order.average - (order.bid + order.ask) / 2) * order.filled


def slippage_to_limit(order: Sent) -> Decimal | None:
    """side * (fill average - first limit) * q in won."""
    if order.average is None or not order.limits:
        return None
    return order.side * (order.average - order.limits[0]) * order.filled


def chased(order: Sent) -> int:
    """How often its limit was moved towards the market: up for a buy, down for a sell."""
    return sum(
        order.side * (later - before) > 0 for before, later in zip(order.limits, order.limits[1:], strict=False)
    )


def order_quality(orders: Sequence[Sent]) -> dict[str, Measure]:
    """Slippage, share filled, seconds to the fill, cancels per fill and chase steps of these orders."""
    filled = [order for order in orders if order.filled]
    waits = [(o.first_fill_at - o.submitted_at).total_seconds() for o in filled if o.first_fill_at]
    limited = [order for order in orders if order.limits]
    ordered = sum(order.ordered for order in orders)
    cancels = sum(order.cancelled for order in orders)
    measures = [
        _total("slippage", orders, [slippage(order) for order in orders]),
        _total("slippage_limit", orders, [slippage_to_limit(order) for order in orders]),
        made(
            "fill_share",
            Decimal(sum(o.filled for o in orders)) / ordered if ordered else Why.NO_TRADES,
            len(orders),
        ),
        made("seconds_to_fill", median(waits) if waits else Why.NO_TRADES, len(waits)),
        made("cancels_per_fill", Decimal(cancels) / len(filled) if filled else Why.NO_TRADES, len(orders)),
        made(
            "chase_steps",
            Decimal(sum(map(chased, limited))) / len(limited) if limited else Why.NO_TRADES,
            len(limited),
        ),
    ]
    return {measure.key: measure for measure in measures}


def _total(key: str, orders: Sequence[Sent], amounts: Sequence[Decimal | None]) -> Measure:
    known = [(order.key, amount) for order, amount in zip(orders, amounts, strict=True) if amount is not None]
    total = sum((amount for _, amount in known), Decimal(0)) if known else Why.NO_QUOTES
    return made(key, total, len(known), rows=(key for key, _ in known))
