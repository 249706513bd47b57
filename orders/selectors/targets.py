"""Targets: what a change or a cancellation must say because of the order it speaks of.

An order on credit is changed and taken back by TRs of its own (kt10008, kt10009), and one that waits for a stop
price keeps it unless another is named. Nobody has to type either, and nobody can get it wrong.
"""

from dataclasses import replace

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import CreditKind
from orders.models.fill import credit_of
from orders.selectors.blotter import open_orders
from orders.selectors.intents import target_of
from orders.tickets import Kind, Ticket

__all__ = ["as_its_target"]


def as_its_target(account: Account, ticket: Ticket) -> Ticket:
    """The ticket with what its order decides; a new order, and one of an unknown order, as it is."""
    if ticket.kind is Kind.PLACE or not ticket.target_no:
        return ticket
    ours = target_of(account, ticket)
    if ours is None:
        return replace(ticket, credit=_listed(account, ticket), loan_day=None)
    credit = CreditKind(ours.credit) if ours.credit else None
    is_stop = ticket.kind is Kind.MODIFY and ours.stop_price is not None
    stop_price = (ticket.stop_price or ours.stop_price) if is_stop else None
    return replace(ticket, credit=credit, loan_day=None, stop_price=stop_price)


def _listed(account: Account, ticket: Ticket) -> CreditKind | None:
    """Of an order of another channel, by the broker's list."""
    today = gateway.broker_now(account).date()
    named = (one for one in open_orders(account, today) if one.order_no == ticket.target_no)
    found = next(named, None)
    if found is None:
        return ticket.credit
    return CreditKind.LOAN if credit_of(found.label) and not ticket.is_gold else None
