"""Channels: begin one, prove that it reaches its person, change what goes by it, take it away."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from kiwoomweb.access.models import User
from kiwoomweb.access.services.auditing import record
from kiwoomweb.notices.kinds import MAILED_AT_FIRST, Kind
from kiwoomweb.notices.models import Channel, Digest, Way
from kiwoomweb.notices.seals import channel_place, seal
from kiwoomweb.notices.wires.guard import target

__all__ = [
    "MOST",
    "add_telegram",
    "add_webhook",
    "change",
    "channels_of",
    "mail_channel",
    "pause",
    "remove",
    "settle_chat",
]

#: Channels of one person.
MOST = 6


def channels_of(user: User) -> list[Channel]:
    """All of a person's channels; the one by mail is there from the beginning."""
    rows = list(Channel.objects.filter(user=user, removed_at__isnull=True))
    return rows if any(row.way == Way.MAIL for row in rows) else [mail_channel(user), *rows]


def mail_channel(user: User) -> Channel:
    """The person's own address."""
    first = {"kinds": sorted(MAILED_AT_FIRST), "ready_at": timezone.now(), "shown": user.email}
    try:
        with transaction.atomic():
            return Channel.objects.get_or_create(user=user, way=Way.MAIL, defaults=first)[0]
    except IntegrityError:
        return Channel.objects.get(user=user, way=Way.MAIL)


def add_webhook(user: User, url: str) -> tuple[Channel, str]:
    """A new webhook and its signing key, which is shown this once. Raises ``Forbidden`` for a bad address."""
    host = target(url).host
    key = secrets.token_urlsafe(32)
    row = Channel(user=user, way=Way.WEBHOOK, shown=host[:120], kinds=_every_kind(), ready_at=timezone.now())
    row.address = seal(url, channel_place(row, "address"))
    row.secret = seal(key, channel_place(row, "secret"))
    row.save()
    record("channel.added", by=user, about=f"{row.way} {row.shown}")
    return row, key


def add_telegram(user: User, token: str, bot: str) -> Channel:
    """A bot that does not know its person yet: ready once they have sent it ``/start <code>``."""
    row = Channel(user=user, way=Way.TELEGRAM, shown=f"@{bot}"[:120], kinds=_every_kind())
    row.address = seal(token, channel_place(row, "address"))
    row.save()
    record("channel.added", by=user, about=f"{row.way} {row.shown}")
    return row


def settle_chat(channel: Channel, chat: str) -> None:
    """The person has been found."""
    Channel.objects.filter(pk=channel.pk).update(
        chat=chat, ready_at=timezone.now(), trouble="", trouble_at=None
    )


def change(channel: Channel, kinds: list[str], digest: str) -> None:
    """What goes by it, and how it is gathered; what is unknown is left out."""
    known = [kind for kind in kinds if kind in Kind.values]
    Channel.objects.filter(pk=channel.pk).update(kinds=known, digest=Digest(digest))


def pause(channel: Channel, paused: bool) -> None:
    """Nothing is written for it while it rests."""
    Channel.objects.filter(pk=channel.pk).update(paused_at=timezone.now() if paused else None)


def remove(channel: Channel) -> None:
    """Its secrets go at once; what was sent by it stays in the history. Mail can only rest."""
    gone = {"removed_at": timezone.now(), "address": None, "secret": None, "chat": ""}
    if Channel.objects.filter(pk=channel.pk).exclude(way=Way.MAIL).update(**gone):
        record("channel.removed", by=channel.user, about=f"{channel.way} {channel.shown}")


def _every_kind() -> list[str]:
    return [kind for kind in Kind.values if kind != Kind.TEST]
