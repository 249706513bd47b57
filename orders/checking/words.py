"""Words the checks share: numbers as people read them, and what a ticket does."""

from orders.costing import shares_of
from orders.situations import Situation
from orders.tickets import Kind, Ticket

__all__ = ["is_change", "is_new", "is_reducing", "percent", "takes_back", "won"]


def won(amount: int) -> str:
    """``"10,000,000"``; the sentence says 원."""
    return f"{amount:,}"


def percent(basis_points: int) -> str:
    """``"3"`` or ``"2.5"``; the sentence says %."""
    return f"{basis_points / 100:g}"


def is_new(ticket: Ticket) -> bool:
    return ticket.kind is Kind.PLACE


def is_change(ticket: Ticket) -> bool:
    return ticket.kind is Kind.MODIFY


def takes_back(ticket: Ticket) -> bool:
    """A cancellation: only ever makes less of what is out there, so almost nothing stops it."""
    return ticket.kind is Kind.CANCEL


def is_reducing(ticket: Ticket, situation: Situation) -> bool:
    """Whether it can only make a position smaller. There is no selling short: every sale is of a holding."""
    if takes_back(ticket):
        return True
    shares = shares_of(ticket, situation)
    return ticket.side == "sell" and shares is not None
