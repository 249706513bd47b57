"""Secrets of channels, and messages that wait to be sent, change keys with the broker keys."""

from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.services.resealing import Outcome, also_reseal, renewed
from kiwoomweb.notices.models import Channel, Delivery
from kiwoomweb.notices.seals import channel_place, message_place

__all__ = ["bring_channels", "bring_letters"]


@also_reseal
def bring_channels(outcome: Outcome) -> None:
    """A channel that was changed meanwhile was sealed by whoever changed it."""
    for row in Channel.objects.order_by("pk"):
        for field in ("address", "secret"):
            if not (blob := getattr(row, field)):
                continue
            try:
                fresh = renewed(blob, channel_place(row, field), outcome.version)
            except SealError:
                outcome.unreadable.append(str(row))
                continue
            if fresh is not None:
                same = Channel.objects.filter(pk=row.pk, **{field: bytes(blob)})
                outcome.others += same.update(**{field: fresh})


@also_reseal
def bring_letters(outcome: Outcome) -> None:
    """What has left is empty; what waits is sealed to its number."""
    for row in Delivery.objects.filter(sealed=True).order_by("pk"):
        if not row.content:
            continue
        try:
            fresh = renewed(row.content, message_place(row.message_id), outcome.version)
        except SealError:
            outcome.unreadable.append(row.subject)
            continue
        if fresh is not None:
            same = Delivery.objects.filter(pk=row.pk, content=bytes(row.content))
            outcome.others += same.update(content=fresh)
