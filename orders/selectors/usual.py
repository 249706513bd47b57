"""What is usual in an account: the size of its orders, and whether today's first real one is still to come."""

from datetime import timedelta
from statistics import median

from django.db.models import Sum
from django.utils import timezone

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.environment import Environment
from orders.models import Fill, Intent
from orders.states import State
from orders.tickets import Kind, Ticket

__all__ = ["first_live_of_the_day", "usual_amount"]

#: Orders looked at, and how far back.
ORDERS, REACH = 40, timedelta(days=120)
#: Fewer say nothing about what is usual.
FEWEST = 5
#: Nothing of these ever left the house.
NEVER_LEFT = (State.DRAFT, State.DENIED, State.DECLINED, State.EXPIRED_LOCAL, State.NOT_SENT)


def usual_amount(account: Account) -> int | None:
    """The median amount in won of what the account's latest orders filled; ``None`` where there are few."""
    fills = Fill.objects.current().filter(account=account, day__gte=broker_now(account).date() - REACH)
    sums = fills.order_by("-day", "-order_no").values("day", "order_no").annotate(amount=Sum("amount"))
    amounts = [row["amount"] for row in sums[:ORDERS]]
    return int(median(amounts)) if len(amounts) >= FEWEST else None


def first_live_of_the_day(account: Account, ticket: Ticket) -> bool:
    """Whether it would be the first real order of the day. Taking one back is never held up."""
    if account.environment != Environment.LIVE or ticket.kind is Kind.CANCEL:
        return False
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Intent.objects.filter(account=account, kind=Kind.PLACE, made_at__gte=today)
    return not sent.exclude(state__in=NEVER_LEFT).exists()
