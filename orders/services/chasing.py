"""Chasing: a cancellation follows its order: asked again if it never arrived, sent after a change that did.

Only cancellations are ever asked for again by themselves: all that remains, at most five times (3.5).
"""

import re

from orders.models import Intent
from orders.services.deciding import decide
from orders.states import LIVE, State
from orders.tickets import Kind, Ticket

__all__ = ["MOST_TRIES", "chase"]

MOST_TRIES = 5
_AGAIN = re.compile(r"again-(\d+)-(.+)").fullmatch


def chase(intent: Intent) -> None:
    """After an UNKNOWN was resolved: what somebody still wants gone is asked for once more."""
    intent.refresh_from_db()
    if intent.kind == Kind.CANCEL and intent.at is State.NOT_PLACED and intent.quantity == 0:
        _again(intent)
    elif intent.kind == Kind.MODIFY and intent.at in LIVE:
        _after_the_change(intent)


def _again(intent: Intent) -> None:
    """The kill switch counts its own tries."""
    said = _AGAIN(intent.key)
    tries, first = (int(said[1]), said[2]) if said else (1, intent.code)
    if intent.origin != "halt" and tries < MOST_TRIES:
        ticket = intent.ticket
        decide(intent.account, intent.created_by, ticket, f"again-{tries + 1}-{first}", origin=intent.origin)


def _after_the_change(intent: Intent) -> None:
    """A cancellation that went out while nobody knew whether the change had happened meant its child too."""
    asked = Intent.objects.filter(
        account=intent.account, kind=Kind.CANCEL, quantity=0, target_no=intent.target_no, pk__gt=intent.pk
    )
    back = asked.order_by("pk").first()
    if back is None:
        return
    ticket = Ticket(
        Kind.CANCEL,
        intent.symbol,
        back.ticket.side,
        0,
        venue=back.ticket.venue,
        credit=back.ticket.credit,
        target_no=intent.order_no,
    )
    decide(intent.account, back.created_by, ticket, f"child-{back.code}", origin=back.origin)
