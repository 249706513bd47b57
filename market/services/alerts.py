"""Alerts: make, pause and remove them, ring them once, note that somebody has looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from market.models import Again, Alert, AlertRing
from market.selectors.alerts import alerts_of, fill_alerts, unread_rings
from market.services.outbox import announce
from market.signals import rang

__all__ = [
    "MOST",
    "Seen",
    "Wish",
    "arm",
    "make",
    "mark_read",
    "pause",
    "remove",
    "restore",
    "ring",
    "ring_fills",
]

#: Alerts of one person in one account: each holds a place among the broker's 200 realtime items.
MOST = 50
#: Between two rings of the same ALWAYS alert, by the broker's clock: a price that trembles is no news.
REST = timedelta(minutes=1)

#: See ``AlertRing.seen``.
Seen = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to hear of; ``threshold`` in won, percent or shares, as the kind says."""

    kind: str
    symbol: str
    threshold: Decimal | None
    again: str
    sound: str
    note: str = ""


def make(user: User, account: Account, wish: Wish) -> Alert | None:
    """A new alert; ``None`` when the person has too many. The same wish twice is one alert."""
    with transaction.atomic():
        same = {"kind": wish.kind, "symbol": wish.symbol, "threshold": wish.threshold, "again": wish.again}
        if found := alerts_of(user, account).filter(**same, paused=False, rung_at__isnull=True).first():
            return found
        if alerts_of(user, account).count() >= MOST:
            return None
        return Alert.objects.create(account=account, owner=user, **same, sound=wish.sound, note=wish.note)


def pause(alert: Alert, paused: bool) -> None:
    """Let it rest, or wake it: what is woken may ring anew."""
    fresh = {} if paused else {"rung_at": None, "armed": True}
    Alert.objects.filter(pk=alert.pk).update(paused=paused, **fresh)


def remove(alert: Alert) -> None:
    """Out of sight; its history stays, and it can be had back."""
    Alert.objects.filter(pk=alert.pk, removed_at__isnull=True).update(removed_at=timezone.now())


def restore(user: User, account: Account, number: int) -> bool:
    """Take a removed alert back. ``False``: there is none, or there are too many."""
    if alerts_of(user, account).count() >= MOST:
        return False
    gone = Alert.objects.filter(owner=user, account=account, pk=number, removed_at__isnull=False)
    return bool(gone.update(removed_at=None))


def ring(alert: Alert, seen: Seen, at: datetime, rest: timedelta = REST) -> bool:
    """It has happened. ``False``: somebody else has rung it, or it is no longer wanted, or it rang just now.

    ``at`` is the broker's moment. The claim is one conditional update on what this process had read.
    """
    if alert.again == Again.ALWAYS and alert.rung_at is not None and at - alert.rung_at < rest:
        return False
    before = {"rung_at": alert.rung_at} if alert.rung_at else {"rung_at__isnull": True}
    with transaction.atomic():
        mine = Alert.objects.filter(pk=alert.pk, removed_at__isnull=True, paused=False, **before)
        if not mine.update(rung_at=at, armed=False):
            return False
        rang.send(sender=AlertRing, ring=AlertRing.objects.create(alert=alert, at=at, seen=dict(seen)))
        # The pages of others hear the bell too: it says nothing but "look whether something is yours".
        announce(alert.account_id, alert.account.code, "alert", {})
    return True


def arm(alert: Alert) -> None:
    """Its condition has stopped being true: it may ring when it becomes so again."""
    Alert.objects.filter(pk=alert.pk, armed=False).update(armed=True)


def ring_fills(account_id: int, symbol: str, seen: Seen, at: datetime) -> int:
    """An execution of the account: ring for everybody who wanted to hear of it. How many that were.

    Every fill is news, so there is no rest between two of them.
    """
    return sum(ring(alert, seen, at, timedelta()) for alert in fill_alerts(account_id, symbol, at))


def mark_read(user: User, account: Account, up_to: int) -> int:
    """The person has seen everything up to that ring."""
    return unread_rings(user, account).filter(pk__lte=up_to).update(read_at=timezone.now())
