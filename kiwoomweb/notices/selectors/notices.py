"""What a person has been told, and what of it they have not looked at."""

from django.db.models import QuerySet

from kiwoomweb.access.models import User
from kiwoomweb.notices.kinds import RINGS_ELSEWHERE
from kiwoomweb.notices.models import Notice

__all__ = ["notices_of", "unread_of"]


def notices_of(user: User) -> "QuerySet[Notice]":
    """Everything, the newest first; what has a page of its own (prices, fills) is told there."""
    return Notice.objects.filter(user=user).exclude(kind__in=RINGS_ELSEWHERE).select_related("account")


def unread_of(user: User) -> "QuerySet[Notice]":
    return notices_of(user).filter(read_at__isnull=True)
