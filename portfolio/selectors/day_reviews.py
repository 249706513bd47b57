"""Which days somebody has gone over, and for how many trading days in a row: reviewing counts, not winning."""

from datetime import date, timedelta

from kiwoomweb.access.models import Account
from orders.selectors.fills import fill_days
from portfolio.models import DayReview

__all__ = ["review_of", "reviewed_days", "streak"]

#: Days looked at in one step, and steps at most: ten years.
SPAN, MOST_SPANS = timedelta(days=30), 122


def review_of(account: Account, day: date) -> DayReview | None:
    """The mark on the day, with whoever made it."""
    marks = DayReview.objects.filter(account=account, day=day, withdrawn_at=None)
    return marks.select_related("reviewed_by").first()


def reviewed_days(account: Account, first: date, last: date) -> set[date]:
    """The days of the period that carry the mark."""
    marks = DayReview.objects.filter(account=account, day__range=(first, last), withdrawn_at=None)
    return set(marks.values_list("day", flat=True))


def streak(account: Account, today: date) -> int:
    """How many days with fills were gone over one after the other, back from today.

    A day without fills neither counts nor breaks the row, and today breaks it only when it is over.
    """
    count, last = 0, today
    for _span in range(MOST_SPANS):
        first = last - SPAN
        traded, reviewed = set(fill_days(account, first, last)), reviewed_days(account, first, last)
        for day in sorted(traded | reviewed, reverse=True):
            if day in reviewed:
                count += 1
            elif day != today:
                return count
        if not reviewed:
            return count
        last = first - timedelta(days=1)
    return count
