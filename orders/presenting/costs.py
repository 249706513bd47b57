"""What an order costs, for the ticket and its dialog: the checks' own reckoning, and the holding after it."""

from dataclasses import dataclass

from django.utils import timezone

from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.domain import Side
from orders.costing import fee_percent, shares_of, worst_case
from orders.selectors.possession import Possession, possession_of
from orders.selectors.situation import situation_of
from orders.tickets import Ticket

__all__ = ["Costs", "costs_of"]


@dataclass(frozen=True, slots=True)
class Costs:
    """Won. ``net`` is what leaves (a purchase) or comes in (a sale); unknown is ``None``. ``risk`` is what a
    fall to the stop would lose, costs aside; ``risk_share`` percent of all assets."""

    is_buy: bool
    gross: int
    fee: int
    tax: int
    net: int
    cash_after: int | None
    average_after: int | None = None
    average_moves: int | None = None
    risk: int | None = None
    risk_share: str = ""
    fee_rate: str = ""

    @property
    def costs(self) -> int:
        return self.fee + self.tax


def costs_of(account: Account, user: User, ticket: Ticket) -> Costs | None:
    """``None`` where the amount cannot be known yet: no price, no quantity."""
    situation = situation_of(account, user, ticket, timezone.now())
    told = worst_case(ticket, situation)
    shares = shares_of(ticket, situation)
    if not shares or not told.gross or told.fee is None or told.tax is None or told.net is None:
        return None
    has = possession_of(account, ticket.symbol)
    is_buy = ticket.side is Side.BUY
    average = _average(has, shares, told.gross) if is_buy else None
    moves = average - has.average if average is not None and has.average else None
    risk = _risk(ticket, shares)
    share = f"{100 * -risk / has.assets:.2f}" if risk and has.assets else ""
    after = told.cash_after
    if after is None and has.cash is not None:
        after = has.cash - told.net if is_buy else has.cash + told.net
    rate = fee_percent(ticket, situation)
    return Costs(is_buy, told.gross, told.fee, told.tax, told.net, after, average, moves, risk, share, rate)


def _average(has: Possession, bought: int, gross: int) -> int | None:
    if has.held is None or (has.held and has.average is None):
        return None
    return round(((has.average or 0) * has.held + gross) / (has.held + bought))


def _risk(ticket: Ticket, shares: int) -> int | None:
    """What a fall to the stop loses, below zero; only a purchase with a price and a stop has one."""
    stop = ticket.reason.stop if ticket.reason else None
    if ticket.side is not Side.BUY or not stop or not ticket.price:
        return None
    return (stop - ticket.price) * shares
