"""Notifying: tell a person something once, in the browser at once, and by their channels when they want it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from kiwoomweb.later import later
from kiwoomweb.notices.kinds import MAILED_ANYWAY, NEVER_WAITS, RINGS_ELSEWHERE, Kind
from kiwoomweb.notices.models import Channel, Habits, Notice, Telling, Way
from kiwoomweb.notices.services.channels import channels_of
from kiwoomweb.notices.services.opting import NOTICES, opted_out
from kiwoomweb.notices.signals import noticed
from kiwoomweb.notices.timing import Wishes, due_at

__all__ = ["notify"]


def notify(
    user: User,
    kind: str,
    key: str,
    *,
    title: str,
    text: str,
    url: str = "",
    account: Account | None = None,
    urgent: bool = False,
) -> None:
    """Tell ``user``; the same (user, kind, key) again tells nothing.

    ``kind`` is one of ``kinds.Kind``; ``url`` a path of this site. Belongs to the caller's transaction: what is
    rolled back was never told. ``urgent`` goes through quiet hours and digests.
    """
    said = {"title": title[:200], "text": text[:1000], "url": url[:300], "account": account}
    urgent = urgent or Kind(kind) in NEVER_WAITS
    with transaction.atomic():
        notice, new = Notice.objects.get_or_create(
            user=user, kind=Kind(kind), key=key[:120], defaults={**said, "urgent": urgent}
        )
        if not new:
            return
        now = timezone.now()
        tellings = [
            Telling(notice=notice, channel=channel, due_at=_due(channel, now, urgent))
            for channel in channels_of(user)
            if _takes(channel, kind)
        ]
        Telling.objects.bulk_create(tellings)
        if kind not in RINGS_ELSEWHERE:
            noticed.send(sender=Notice, user=user, account=account)
    if any(one.due_at <= now for one in tellings):
        later("notices.post")


def _takes(channel: Channel, kind: str) -> bool:
    reachable = channel.ready_at is not None and channel.paused_at is None
    wanted = reachable and (kind == Kind.TEST or kind in channel.kinds)
    if not wanted or channel.way != Way.MAIL:
        return wanted
    unwanted = kind not in MAILED_ANYWAY and opted_out(channel.user.email, NOTICES)
    return settings.CAN_MAIL and not unwanted


def _due(channel: Channel, now: datetime, urgent: bool) -> datetime:
    habits = Habits.objects.filter(user=channel.user_id).first() or Habits()
    return now if urgent else due_at(now, Wishes.of(channel, habits))
