"""Costing: what an order costs or brings, and what it may cost at worst. Pure; amounts are won.

commission  amount x rate, cut to ten won; of gold with a tenth of it as VAT (PROTOCOL 6.1)
tax         amount x the rate of the day a sale settles, cut to a won; funds and gold pay none
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kiwoomweb.broker.domain import OrderKind, Side
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import trading_day_after
from kiwoomweb.broker.sale_tax import sale_tax
from orders.situations import Quotation, Situation
from orders.tickets import Kind, Ticket

__all__ = [
    "Preview",
    "at_worst",
    "cash_at_worst",
    "commission",
    "expected_price",
    "fee_percent",
    "shares_of",
    "tax_on",
    "worst_case",
]

#: What an account is charged until its own orders have told: 온라인 0.015 %, 모의 0.35 %.
USUAL = {
    Environment.LIVE: Fraction(15, 100_000),
    Environment.SIMULATOR: Fraction(15, 100_000),
    Environment.PAPER: Fraction(35, 10_000),
}
#: Gold: 0.3 % and VAT on it.
GOLD_RATE, GOLD_VAT = Fraction(3, 1_000), Fraction(1, 10)
#: Where nobody has told the rate, the worst case holds back this much (the dearest online rate seen).
DEAREST = Fraction(35, 10_000)
KONEX = Fraction(1, 1_000)
UNTAXED = frozenset({"etf", "etn", "elw", "gold"})


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of one sentence. ``price`` is what it is reckoned at; ``None`` where nobody can say.

    ``net`` is what a purchase takes or a sale brings; ``cash_after`` the buying power after it; ``worst`` the
    most a purchase may take. ``is_estimate``: the price is not the order's own, or the rate is not told yet.
    """

    price: int | None
    gross: int | None
    fee: int | None
    tax: int | None
    net: int | None
    cash_after: int | None
    worst: int | None
    is_estimate: bool = True


def worst_case(ticket: Ticket, situation: Situation) -> Preview:
    """What the ticket shows before it is confirmed. Missing facts leave blanks, never zeros."""
    price = expected_price(ticket, situation.quote)
    shares = shares_of(ticket, situation)
    worst = cash_at_worst(ticket, situation)
    if price is None or shares is None:
        return Preview(price, None, None, None, None, None, worst)
    gross = price * shares
    fee = commission(gross, rate_of(ticket, situation), is_gold=ticket.is_gold)
    tax = tax_on(gross, ticket, situation)
    net = gross + fee if ticket.side is Side.BUY else None if tax is None else gross - fee - tax
    told = ticket.order_kind.is_priced and situation.rate is not None
    return Preview(price, gross, fee, tax, net, _after(ticket, situation, net), worst, is_estimate=not told)


def at_worst(ticket: Ticket, situation: Situation) -> int | None:
    """The most won the order may trade: its own price, or the day's upper limit where it names none.

    A conditional order becomes a market order at the close.
    """
    shares = shares_of(ticket, situation)
    is_bound = ticket.order_kind.is_priced and ticket.order_kind is not OrderKind.CONDITIONAL
    upper = situation.quote.upper if situation.quote else None
    price = ticket.price if is_bound else upper
    return None if price is None or shares is None else price * shares


def cash_at_worst(ticket: Ticket, situation: Situation) -> int | None:
    """The most won the order may take from the account, costs included; a sale and a cancellation take none.

    A change takes what its order may take beyond what the order it replaces may have taken.
    """
    if ticket.kind is Kind.CANCEL or ticket.side is Side.SELL:
        return 0
    value = at_worst(ticket, situation)
    if value is None:
        return None
    told = DEAREST if situation.rate is None else situation.rate
    rate = GOLD_RATE * (1 + GOLD_VAT) if ticket.is_gold else told
    needed = value + -(-int(-(-(value * rate) // 1)) // 10) * 10
    target = situation.target
    if ticket.kind is Kind.MODIFY and target is not None and target.side is Side.BUY:
        return max(0, needed - target.price * min(shares_of(ticket, situation) or 0, target.remaining))
    return needed


def shares_of(ticket: Ticket, situation: Situation) -> int | None:
    """How many shares the ticket speaks of; 0 of a change or cancellation is all that remains."""
    if ticket.kind is Kind.PLACE or ticket.quantity:
        return ticket.quantity
    return situation.target.remaining if situation.target else None


def expected_price(ticket: Ticket, quote: Quotation | None) -> int | None:
    """What it will probably trade at: its own price, or the best of the other (최우선: its own) side."""
    if ticket.price is not None:
        return ticket.price
    if quote is None:
        return None
    own_side = ticket.order_kind is OrderKind.FIRST
    best = quote.ask if (ticket.side is Side.BUY) != own_side else quote.bid
    at_close = ticket.order_kind in {OrderKind.BEFORE_OPEN, OrderKind.AFTER_CLOSE}
    return quote.price if at_close else best or quote.price


def rate_of(ticket: Ticket, situation: Situation) -> Fraction:
    if ticket.is_gold:
        return GOLD_RATE
    return USUAL[situation.environment] if situation.rate is None else situation.rate


def fee_percent(ticket: Ticket, situation: Situation) -> str:
    """The rate as a person knows it: ``0.015``; of gold with the VAT on it."""
    rate = rate_of(ticket, situation) * (1 + GOLD_VAT if ticket.is_gold else 1)
    return f"{float(100 * rate):.3g}"


def commission(gross: int, rate: Fraction, *, is_gold: bool = False) -> int:
    """Cut to ten won, as the broker does; with the VAT on it where it is gold."""
    fee = int(gross * rate // 10) * 10
    return fee + int(fee * GOLD_VAT) if is_gold else fee


def tax_on(gross: int, ticket: Ticket, situation: Situation) -> int | None:
    """The tax of a sale that settles two trading days from now; ``None`` for an instrument nobody knows."""
    if ticket.side is Side.BUY or ticket.is_gold:
        return 0
    if situation.traded is None:
        return None
    if situation.traded.kind in UNTAXED:
        return 0
    rate = KONEX if situation.traded.market == "코넥스" else sale_tax(_settles(situation.now.date()))
    return int(gross * rate)


def _settles(day: date) -> date:
    return trading_day_after(day, 2)


def _after(ticket: Ticket, situation: Situation, net: int | None) -> int | None:
    if situation.standing is None or situation.promises is None or net is None:
        return None
    free = situation.standing.power - sum(one.cash for one in situation.promises)
    if ticket.kind is not Kind.PLACE:
        return free - (cash_at_worst(ticket, situation) or 0)
    return free - net if ticket.side is Side.BUY else free + net
