"""Feeding: whether an account's socket tells its news, written down for those who act on it in other processes.

The stream process says ``went_live`` once it is logged in, registered and has read by REST what it had missed,
and ``went_lost`` when the connection ends. Who orders looks at ``selectors.feed``.
"""

from datetime import datetime, timedelta

from django.db.models.functions import Coalesce

from market.models import StreamLease, StreamLoss

__all__ = ["forget_old_losses", "went_deaf", "went_live", "went_lost"]

KEPT = timedelta(days=30)


def went_live(account_id: int, holder: str, now: datetime) -> None:
    """From now on the socket tells; only its holder may say so."""
    ours = StreamLease.objects.filter(account_id=account_id, holder=holder)
    ours.update(live_since=now, lost_at=None)


def went_lost(account_id: int, kind: str, now: datetime) -> None:
    """The socket tells no more. A logged-in socket was lost: why is kept, to be counted."""
    StreamLoss.objects.create(account_id=account_id, kind=kind[:30], at=now)
    went_deaf(account_id, now)


def went_deaf(account_id: int, now: datetime) -> None:
    """The socket tells no more, for whatever reason."""
    lease = StreamLease.objects.filter(account_id=account_id)
    lease.update(live_since=None, lost_at=Coalesce("lost_at", now))


def forget_old_losses(now: datetime) -> int:
    """Delete what nobody counts any more; how many."""
    return StreamLoss.objects.filter(at__lt=now - KEPT).delete()[0]
