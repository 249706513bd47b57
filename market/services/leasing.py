"""Leasing: claim, renew and give back the right to hold an account's broker socket.

Every step is one conditional UPDATE; whoever changes the row has the lease. Nobody waits for a lock, and a
process that died simply stops renewing.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from market.models import StreamLease

__all__ = ["TERM", "claim", "release", "renew"]

#: A lease lasts this long without renewal. Renewals come three times as often.
TERM = timedelta(seconds=15)


def claim(account_id: int, holder: str, now: datetime) -> int | None:
    """The fence of our new term, or ``None`` while somebody else holds the socket."""
    StreamLease.objects.get_or_create(account_id=account_id, defaults={"expires": now})
    free = StreamLease.objects.filter(Q(expires__lte=now) | Q(holder=""), account_id=account_id)
    deaf = {"live_since": None, "lost_at": Coalesce("lost_at", now)}
    if free.update(holder=holder, fence=F("fence") + 1, expires=now + TERM, **deaf) != 1:
        return None
    return StreamLease.objects.values_list("fence", flat=True).get(account_id=account_id, holder=holder)


def renew(account_id: int, holder: str, fence: int, now: datetime) -> bool:
    """Hold on for another term. ``False``: the lease has gone to somebody else, stop at once."""
    ours = StreamLease.objects.filter(account_id=account_id, holder=holder, fence=fence)
    return ours.update(expires=now + TERM) == 1


def release(account_id: int, holder: str, fence: int) -> None:
    """Give the socket back, so that the next process need not wait for the term to end."""
    ours = StreamLease.objects.filter(account_id=account_id, holder=holder, fence=fence)
    ours.update(holder="", live_since=None, lost_at=Coalesce("lost_at", timezone.now()))
