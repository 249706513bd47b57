"""Which alerts there are, which may ring now, and what has rung for a person."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors import still_sees
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.prepared import Prepared
from market.models import Again, Alert, AlertKind, AlertRing

__all__ = ["alerts_of", "fill_alerts", "rings_of", "unread_rings", "watched_alerts"]


def alerts_of(user: User, account: Account) -> "QuerySet[Alert]":
    """A person's own alerts in an account; nobody else's, whatever their role."""
    return Alert.objects.filter(owner=user, account=account, removed_at__isnull=True).order_by("symbol", "pk")


def watched_alerts(account_id: int, now: datetime) -> list[Alert]:
    """What the stream process looks out for at ``now`` (the broker's clock): alerts on a symbol that may ring.

    An ``ALWAYS`` alert that is not armed is among them: somebody must notice when its condition ends.
    """
    found = _watched.rows(account_id=account_id, now=timezone.now())
    return [one for one in found if _may_ring(one, now)]


def fill_alerts(account_id: int, symbol: str, now: datetime) -> list[Alert]:
    """The alerts a fill of the symbol rings; every fill counts for those that ring always."""
    wanted = _waiting(account_id).filter(Q(symbol="") | Q(symbol=symbol), kind=AlertKind.FILL)
    return [one for one in wanted if _may_ring(one, now)]


def rings_of(user: User, account: Account) -> "QuerySet[AlertRing]":
    """Everything that has rung for a person in an account, the newest first."""
    rings = AlertRing.objects.filter(alert__owner=user, alert__account=account)
    return rings.select_related("alert").order_by("-pk")


def unread_rings(user: User, account: Account) -> "QuerySet[AlertRing]":
    return rings_of(user, account).filter(read_at__isnull=True)


def _waiting(account_id: int, now: datetime | None = None) -> "QuerySet[Alert]":
    """Of people who still see the account: who has left is told nothing."""
    return Alert.objects.filter(
        still_sees("owner", "account", now),
        account_id=account_id,
        removed_at__isnull=True,
        paused=False,
    )


#: Asked every second of every account.
_watched = Prepared(
    lambda account_id, now: _waiting(account_id, now).exclude(kind=AlertKind.FILL), account_id=int, now=datetime
)


def _may_ring(alert: Alert, now: datetime) -> bool:
    if alert.rung_at is None or alert.again == Again.ALWAYS:
        return True
    return alert.again == Again.DAILY and alert.rung_at.astimezone(SEOUL).date() < now.astimezone(SEOUL).date()
