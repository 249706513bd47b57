"""Comments on a trade or a day as one reader sees them: private ones only by who wrote them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kiwoomweb.access.models import Account, User
from portfolio.models import Comment, ReviewRequest
from portfolio.selectors.together.subjects import About

__all__ = ["comment_for", "comments_on", "open_requests", "requests_on", "talked_about"]


def comments_on(about: About, reader: User) -> list[Comment]:
    """Oldest first, with their authors and earlier versions; removed ones are not among them."""
    rows = _readable(reader).filter(**about.lookup, removed_at__isnull=True)
    return list(rows.select_related("author").prefetch_related("versions").order_by("made_at", "pk"))


def comment_for(account: Account, pk: int, reader: User) -> Comment | None:
    """The comment of that number, for whoever may read it."""
    rows = _readable(reader).filter(account=account, removed_at__isnull=True)
    return rows.select_related("author", "trade", "account").filter(pk=pk).first()


def requests_on(about: About) -> list[ReviewRequest]:
    """Reviews asked for and given, newest first."""
    rows = ReviewRequest.objects.filter(**about.lookup)
    return list(rows.select_related("asked_by", "of", "done_by").order_by("-pk"))


def open_requests(account: Account) -> list[ReviewRequest]:
    """What waits for a review in the account, oldest first."""
    rows = ReviewRequest.objects.filter(account=account, done_at__isnull=True)
    return list(rows.select_related("asked_by", "of", "trade", "account").order_by("pk"))


def talked_about(trades: Iterable[int]) -> dict[int, int]:
    """How many comments everybody reads stand at each of these trades."""
    rows = Comment.objects.filter(trade__in=trades, removed_at__isnull=True, private=False)
    found: dict[int, int] = {}
    for trade in rows.values_list("trade_id", flat=True):
        if trade is not None:
            found[trade] = found.get(trade, 0) + 1
    return found


def _readable(reader: User) -> QuerySet[Comment]:
    return Comment.objects.filter(Q(private=False) | Q(author=reader))
