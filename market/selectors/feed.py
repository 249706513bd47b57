"""The feed read: whether an account's socket tells us its news now, and how often it was taken from us."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiwoomweb.prepared import Prepared
from market.models import StreamLease, StreamLoss

__all__ = ["SETTLING", "Feed", "feed_of", "times_taken"]

#: A feed that has just come back is believed after so long.
SETTLING = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Feed:
    """``live_since``: logged in, registered, caught up with REST, and alive. ``deaf_since``: not, since then.

    Both are empty where no process of ours has ever held the socket.
    """

    live_since: datetime | None = None
    deaf_since: datetime | None = None

    def is_settled(self, now: datetime) -> bool:
        """Whether nothing can have gone by unheard in the last ten seconds."""
        return self.live_since is not None and now - self.live_since >= SETTLING

    def deaf_for(self, now: datetime) -> timedelta:
        """How long nothing has been heard; nothing where nobody ever listened."""
        return now - self.deaf_since if self.deaf_since else timedelta()


def feed_of(account_id: int, now: datetime) -> Feed:
    """A holder that does not renew its lease hears nothing, whatever it last said."""
    lease = _lease.first(account=account_id)
    if lease is None:
        return Feed()
    if lease.live_since is None or lease.expires <= now:
        return Feed(deaf_since=lease.lost_at or min(lease.expires, now))
    return Feed(live_since=lease.live_since)


def times_taken(since: datetime) -> dict[int, list[datetime]]:
    """When another program took the socket with our key (R10001), by account."""
    found: dict[int, list[datetime]] = {}
    taken = StreamLoss.objects.filter(kind="TakenOver", at__gte=since).order_by("at")
    for account_id, at in taken.values_list("account_id", "at"):
        found.setdefault(account_id, []).append(at)
    return found


_lease = Prepared(
    lambda account: StreamLease.objects.filter(account_id=account).order_by("pk")[:1], account=int
)
