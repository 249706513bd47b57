"""What waits for a review: trades closed lately that nobody has called reviewed. A filter finds older ones."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared
from portfolio.models import Trade
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter, filtered
from portfolio.selectors.trades import trades_of

__all__ = ["WINDOW", "next_waiting", "waiting", "waiting_count"]

#: A history of years that arrives in one day puts nobody into debt: so far back the queue reaches.
WINDOW = timedelta(days=30)
#: Counting stops here; a page says "99+".
MOST = 100


def waiting(account: Account, day: date | None = None, asked: TradeFilter | None = None) -> "QuerySet[Trade]":
    """Closed and unreviewed trades of the window, the oldest first; of one day when one is given, of a filter
    when one asks for something."""
    rows = trades_of(account) if asked is None or asked.is_empty else filtered(account, asked)
    return _unreviewed(rows, *_span(account, day))


def _span(account: Account, day: date | None) -> tuple[date, date]:
    if day:
        return day, day
    today = today_of(account)
    return today - WINDOW, today


def _unreviewed(rows: "QuerySet[Trade]", first: date, last: date) -> "QuerySet[Trade]":
    # A trade without a review is one without a moment, too.
    span = Q(closed_day__gte=first, closed_day__lte=last)
    rows = rows.filter(span, state=Trade.State.CLOSED, review__reviewed_at__isnull=True)
    return rows.order_by("closed_day", "closed_at", "pk")


def _most(account: int, first: date, last: date) -> "QuerySet[Trade, int]":
    return _unreviewed(trades_of(account), first, last).values_list("pk", flat=True)[:MOST]


_waiting = Prepared(_most, account=int, first=date, last=date)


def waiting_count(account: Account, day: date | None = None) -> int:
    """How many wait; never more than ``MOST``."""
    first, last = _span(account, day)
    return len(_waiting.rows(account=account.pk, first=first, last=last))


def next_waiting(account: Account, after: Trade, asked: TradeFilter | None = None) -> int | None:
    """The trade to review after this one: the next of the queue, or its first."""
    rows = list(
        waiting(account, asked=asked).exclude(pk=after.pk).values_list("closed_day", "closed_at", "pk")[:MOST]
    )
    place = (after.closed_day, after.closed_at, after.pk)
    later = [row for row in rows if None not in (*row, *place) and row > place]
    return next((pk for _day, _at, pk in later or rows), None)
