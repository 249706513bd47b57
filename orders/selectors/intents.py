"""Intents read: the one that stands behind an order number, what is open, what waits."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from orders.models import Intent
from orders.states import LIVE, OPEN, UNSURE, State
from orders.tickets import Kind, Ticket

__all__ = ["TWIN_WINDOW", "bound_numbers", "intent_of", "live", "open_intents", "target_of", "twin", "unsure"]

#: The same order again within this time needs a word that it is meant (C22).
TWIN_WINDOW = timedelta(seconds=10)


def open_intents(account: Account) -> QuerySet[Intent]:
    """All that hold a reservation or may yet: from READY to the last share, oldest first."""
    return Intent.objects.filter(account=account, state__in=OPEN).order_by("pk")


def unsure(account: Account) -> QuerySet[Intent]:
    """On their way, or nobody knows where."""
    return Intent.objects.filter(account=account, state__in=UNSURE).order_by("pk")


def live(account: Account) -> QuerySet[Intent]:
    """At the broker with something left."""
    return Intent.objects.filter(account=account, state__in=LIVE).order_by("pk")


def intent_of(account: Account, day: date, order_no: str) -> Intent | None:
    """The intent bound to a number of the broker's."""
    return Intent.objects.filter(account=account, day=day, order_no=order_no).first() if order_no else None


def bound_numbers(account: Account, day: date) -> frozenset[str]:
    """All numbers of the day that are known to be ours."""
    ours = Intent.objects.filter(account=account, day=day).exclude(order_no="")
    return frozenset(ours.values_list("order_no", flat=True))


def target_of(account: Account, ticket: Ticket) -> Intent | None:
    """The order a change speaks of, if it is ours; the newest of that number."""
    ours = Intent.objects.filter(account=account, order_no=ticket.target_no).exclude(kind=Kind.CANCEL)
    return ours.order_by("-day", "-pk").first() if ticket.target_no else None


def twin(account: Account, ticket: Ticket, now: datetime) -> Intent | None:
    """An order of the same content decided within the last seconds that left the house or may still."""
    if ticket.kind is not Kind.PLACE:
        return None
    same = Intent.objects.filter(
        account=account,
        kind=Kind.PLACE,
        symbol=ticket.symbol,
        side=ticket.side,
        quantity=ticket.quantity,
        price=ticket.price,
        order_kind=ticket.order_kind,
        made_at__gt=now - TWIN_WINDOW,
    )
    gone = (State.DRAFT, State.DENIED, State.DECLINED, State.EXPIRED_LOCAL, State.NOT_SENT)
    return same.exclude(state__in=gone).order_by("-pk").first()
