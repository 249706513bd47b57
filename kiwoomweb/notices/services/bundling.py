"""Bundling: what is due by one channel becomes one message for each kind, or few: a storm is a list.

A bundle and its message are one transaction; two workers who see the same tellings write one message.
"""

import json
import uuid
import zlib
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.notices.kinds import MAILED_ANYWAY
from kiwoomweb.notices.letters import Letter
from kiwoomweb.notices.links import absolute, domain
from kiwoomweb.notices.models import Channel, Delivery, Notice, Telling, Way
from kiwoomweb.notices.services.opting import NOTICES
from kiwoomweb.notices.services.posting import post

__all__ = ["bundle_due"]

#: Messages a channel gets in ``SPAN`` before what is not urgent waits for the end of it and goes as one.
MOST, SPAN = 10, timedelta(minutes=10)
#: Tellings looked at in one go, and lines in one message; the page has the rest.
LOOK, LINES = 500, 50


def bundle_due(now: datetime | None = None) -> int:
    """Write the messages that are due. How many were written."""
    now = now or timezone.now()
    due = Telling.objects.filter(due_at__lte=now, bundled_at__isnull=True).select_related("notice", "channel")
    together: dict[tuple[int, str], list[Telling]] = defaultdict(list)
    for one in due.order_by("pk")[:LOOK]:
        together[one.channel_id, one.notice.kind].append(one)
    return sum(_bundle(tellings, now) for tellings in together.values())


def _bundle(tellings: list[Telling], now: datetime) -> bool:
    channel = tellings[0].channel
    if not any(one.notice.urgent for one in tellings) and _stormy(channel, now):
        ids = [one.pk for one in tellings]
        Telling.objects.filter(pk__in=ids, bundled_at__isnull=True).update(due_at=now + SPAN)
        return False
    with transaction.atomic():
        mine = Telling.objects.filter(pk__in=[one.pk for one in tellings], bundled_at__isnull=True)
        # Locks the rows: whoever comes second finds them bundled and writes nothing.
        if mine.update(bundled_at=now) != len(tellings):
            transaction.set_rollback(True)
            return False
        if channel.removed_at is None and channel.paused_at is None:
            row = _written(channel, [one.notice for one in tellings], f"bundle:{tellings[0].pk}")
            Telling.objects.filter(pk__in=[one.pk for one in tellings]).update(delivery=row)
    return True


def _stormy(channel: Channel, now: datetime) -> bool:
    return Delivery.objects.filter(channel=channel, made_at__gt=now - SPAN).count() >= MOST


def _written(channel: Channel, notices: list[Notice], key: str) -> Delivery:
    user = channel.user
    with override(user.language or "ko"):
        subject = _subject(notices)
        if channel.way == Way.MAIL:
            return _mail(channel, notices, subject, key)
        body = _json(notices) if channel.way == Way.WEBHOOK else _plain(notices)
    number = f"{uuid.uuid4().hex}@{domain()}"
    return Delivery.objects.create(
        key=key,
        way=channel.way,
        kind=notices[0].kind,
        user=user,
        account=notices[0].account,
        channel=channel,
        subject=subject[:250],
        message_id=number,
        content=zlib.compress(body.encode()),
        due_at=timezone.now(),
    )


def _mail(channel: Channel, notices: list[Notice], subject: str, key: str) -> Delivery:
    letter = Letter(
        to=channel.user.email,
        subject=subject,
        text=_plain(notices),
        key=key,
        kind=notices[0].kind,
        scope="" if notices[0].kind in MAILED_ANYWAY else NOTICES,
        list_name=_("KiwoomWeb 알림"),
        user=channel.user,
        account=notices[0].account,
    )
    row = post(letter)
    Delivery.objects.filter(pk=row.pk).update(channel=channel)
    return row


def _subject(notices: list[Notice]) -> str:
    first = notices[0]
    if len(notices) == 1:
        return first.title
    return _("%(kind)s %(n)s건") % {"kind": first.get_kind_display(), "n": len(notices)}


def _plain(notices: list[Notice]) -> str:
    """A line for each, the newest last; one alone also says where to look."""
    if len(notices) == 1:
        only = notices[0]
        return "\n\n".join(
            part for part in (only.title, only.text, absolute(only.url) if only.url else "") if part
        )
    lines = [f"{timezone.localtime(one.made_at):%m-%d %H:%M} {one.title} {one.text}".strip() for one in notices]
    more = [_("그 밖에 %(n)s건") % {"n": len(lines) - LINES}] if len(lines) > LINES else []
    return "\n".join([*lines[:LINES], *more, "", absolute("/notices/")])


def _json(notices: list[Notice]) -> str:
    return json.dumps(
        {
            "kind": notices[0].kind,
            "notices": [
                {
                    "key": one.key,
                    "title": one.title,
                    "text": one.text,
                    "url": absolute(one.url) if one.url else "",
                    "account": one.account.code if one.account else None,
                    "at": timezone.localtime(one.made_at).isoformat(),
                    "urgent": one.urgent,
                }
                for one in notices
            ],
        },
        ensure_ascii=False,
    )
