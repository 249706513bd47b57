"""The moves of a trade for the formulas: its steps in order, each at a moment, with the broker's costs."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from kiwoomweb.broker.domain import SEOUL, Side
from portfolio.analytics.replay.moves import Move, settled
from portfolio.models import Trade
from portfolio.selectors.trades import LegLine

__all__ = ["moves_of"]

#: Where a fill stands whose time nobody knows: the opening of its day. Events come before every fill.
OPENING, BEFORE = time(9), time(0)


def moves_of(trade: Trade, legs: Sequence[LegLine]) -> list[Move]:
    """The moves, oldest first, with their net results. One query (the slices)."""
    nets = dict(trade.slices.values_list("day", "net"))
    return settled(list(_plain(legs)), nets, trade.interest or 0)


def _plain(legs: Iterable[LegLine]) -> Iterable[Move]:
    before, cost = datetime.min.replace(tzinfo=SEOUL), 0
    for leg in legs:
        at = leg.at or datetime.combine(leg.day, BEFORE if leg.event else OPENING, tzinfo=SEOUL)
        before = max(at, before)  # aggregates carry the time of their order
        after = round((leg.average or 0) * leg.held)
        gross = leg.realised
        if leg.event and leg.side is Side.SELL and leg.quantity:
            gross = leg.amount - (cost - after)  # paid out for a delisted share, or taken out at cost
        sign = -1 if leg.side is Side.SELL and leg.quantity > 0 else 1
        yield Move(before, leg.day, sign * leg.quantity, leg.amount, leg.held, after, gross, None, leg.event)
        cost = after
