"""Trades as pages read them: the rows, and the steps one is made of."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side, Venue
from orders.models import AGGREGATE, Fill
from portfolio.analytics.trades.deriving import derive, in_order
from portfolio.analytics.trades.facts import Execution, Leg, Trip
from portfolio.models import Trade
from portfolio.selectors.trades.executions import changes_of, executions_by_symbol, kin_of

__all__ = ["LegLine", "legs_of", "trade_of", "trades_of"]


@dataclass(frozen=True, slots=True)
class LegLine:
    """One step: a fill, or a holding event (``event``) that changed shares without one.

    ``held`` shares and their ``average`` in won (``None``: nothing held) after the step; ``realised`` in won
    before costs, ``None`` for buys and where the cost is unknown.
    """

    day: date
    at: datetime | None
    side: Side
    quantity: int
    price: Decimal | None
    amount: int
    order_no: str
    fill_no: str
    venue: Venue | None
    is_aggregate: bool
    held: int
    average: Decimal | None
    realised: int | None
    event: str


def trades_of(account: Account | int) -> "QuerySet[Trade]":
    """The account's trades of any state that stand for fills now."""
    return Trade.objects.present().filter(account=account)


def trade_of(account: Account, pk: int) -> Trade | None:
    """One trade of this account, merged and void ones too; ``None`` when it is another's or nobody's."""
    return Trade.objects.filter(account=account, pk=pk).select_related("book", "merged_into").first()


def legs_of(trade: Trade) -> tuple[LegLine, ...]:
    """The steps of a trade, oldest first: derived from the fills again, so that they are always today's."""
    trip = _trip_of(trade)
    if trip is None or trip.legs is None:
        return ()
    fills = Fill.objects.in_bulk([leg.ref for leg in trip.legs if leg.ref])
    return tuple(_line(leg, fills.get(leg.ref)) for leg in trip.legs)


def _trip_of(trade: Trade) -> Trip | None:
    kin = kin_of(trade.account_id, {trade.symbol})
    changes = changes_of(trade.account_id, kin)
    first = None if changes else trade.opened_day
    executions: list[Execution] = []
    for _symbol, found in executions_by_symbol(trade.account_id, kin, first, trade.closed_day):
        executions += found
    if len(kin) > 1:
        executions = in_order(executions)
    trips = derive(executions, changes, with_legs=True)
    return next((trip for trip in trips if _is(trip, trade)), None)


def _is(trip: Trip, trade: Trade) -> bool:
    opening = (trip.opened_day, trip.opening_order, trip.ordinal)
    return trip.symbol == trade.symbol and opening == (trade.opened_day, trade.opening_order, trade.ordinal)


def _line(leg: Leg, fill: Fill | None) -> LegLine:
    return LegLine(
        leg.day,
        leg.at,
        Side.BUY if leg.is_buy else Side.SELL,
        leg.quantity,
        fill.price if fill else (Decimal(leg.amount) / leg.quantity if leg.quantity else None),
        leg.amount,
        fill.order_no if fill else "",
        fill.fill_no if fill else "",
        Venue(fill.venue) if fill else None,
        bool(fill and fill.fill_no == AGGREGATE),
        leg.held,
        Decimal(leg.cost) / leg.held if leg.held else None,
        leg.realised,
        leg.event,
    )
