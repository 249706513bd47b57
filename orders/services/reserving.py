"""Reserving: hold what an open intent may cost or sell until it is over, and never longer (invariant I6)."""

from django.utils import timezone

from orders.models import Intent, Reservation
from orders.states import OPEN
from orders.tickets import Kind

__all__ = ["adjust", "held_by", "hold"]


def hold(intent: Intent, cash: int) -> None:
    """Reserve ``cash`` won (the worst a purchase may take, all costs included) and the shares of a sale.

    A change holds what its larger order may take beyond the original's own reservation; a cancellation nothing.
    """
    if intent.kind == Kind.CANCEL:
        return
    Reservation.objects.create(
        intent=intent,
        account_id=intent.account_id,
        symbol=intent.symbol,
        side=intent.side,
        shares=intent.quantity,
        cash=cash if intent.side == "buy" else 0,
        made_at=timezone.now(),
    )


def adjust(intent: Intent) -> None:
    """Give back what is over. Late evidence takes it again: the reservation follows the state, both ways."""
    held = Reservation.objects.filter(pk=intent.pk)
    if held_by(intent):
        held.filter(released_at__isnull=False).update(released_at=None)
    else:
        held.filter(released_at__isnull=True).update(released_at=timezone.now())


def held_by(intent: Intent) -> bool:
    """Whether this intent holds a reservation, as a function of its state alone."""
    return intent.kind != Kind.CANCEL and intent.at in OPEN
