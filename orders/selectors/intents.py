"""Intents read: the one that stands behind an order number, what is open, what waits."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared
from orders.models import Intent
from orders.states import LIVE, OPEN, UNSURE, State
from orders.tickets import Kind, Ticket

__all__ = [
    "TWIN_WINDOW",
    "bound_numbers",
    "doubted",
    "intent_of",
    "is_any_live",
    "live",
    "live_days",
    "open_intents",
    "ready",
    "target_of",
    "twin",
    "unsure",
]

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


def doubted(account: Account) -> list[Intent]:
    """``unsure`` as rows, each with its account."""
    return _unsure.rows(account=account.pk)


def ready(account: Account | int, *, cancels: bool) -> list[Intent]:
    """What waits to be sent, oldest first, each with its account and author: cancellations, or all else."""
    of = account if isinstance(account, int) else account.pk
    return (_cancels if cancels else _others).rows(account=of)


def is_any_live(account: Account) -> bool:
    """Whether ``live`` has any."""
    return bool(_one_live.rows(account=account.pk))


def live_days(account: Account) -> set[date]:
    """The days whose lists tell of what is ``live``."""
    return {day for day in _live_days.rows(account=account.pk) if day}


def intent_of(account: Account, day: date, order_no: str) -> Intent | None:
    """The intent bound to a number of the broker's."""
    return Intent.objects.filter(account=account, day=day, order_no=order_no).first() if order_no else None


def bound_numbers(account: Account, day: date) -> frozenset[str]:
    """All numbers of the day that are known to be ours."""
    return frozenset(_bound.rows(account=account.pk, day=day))


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


def _of(account: int) -> "QuerySet[Intent]":
    return Intent.objects.filter(account=account)


def _ready(account: int) -> "QuerySet[Intent]":
    return _of(account).filter(state=State.READY).select_related("account", "created_by").order_by("pk")


# What the order process asks of every account again and again.
_bound = Prepared(
    lambda account, day: _of(account).filter(day=day).exclude(order_no="").values_list("order_no", flat=True),
    account=int,
    day=date,
)
_unsure = Prepared(
    lambda account: _of(account).filter(state__in=UNSURE).select_related("account").order_by("pk"), account=int
)
_cancels = Prepared(lambda account: _ready(account).filter(kind=Kind.CANCEL), account=int)
_others = Prepared(lambda account: _ready(account).exclude(kind=Kind.CANCEL), account=int)
_one_live = Prepared(
    lambda account: _of(account).filter(state__in=LIVE).values_list("pk", flat=True)[:1], account=int
)
_live_days = Prepared(
    lambda account: _of(account).filter(state__in=LIVE).values_list("day", flat=True).distinct(), account=int
)
