"""Bouncing: a letter that was taken came back, or is now known to have arrived."""

from django.utils import timezone

from kiwoomweb.notices.bounces import read_bounce
from kiwoomweb.notices.models import Channel, Delivery, State, Way
from kiwoomweb.notices.services.troubling import tell_the_owner

__all__ = ["take_bounce"]


def take_bounce(raw: bytes) -> Delivery | None:
    """The delivery a mail server has written about, its owner told; ``None`` when it is about none of ours."""
    bounce = read_bounce(raw)
    if bounce is None:
        return None
    row = Delivery.objects.filter(message_id=bounce.message_id, way=Way.MAIL).select_related("user").first()
    if row is None:
        return None
    state = State.SENT if bounce.delivered else State.REFUSED
    # Only what has been handed over can come back; what we refused ourselves stays as it is.
    known = Delivery.objects.filter(pk=row.pk, state__in=(State.SENT, State.UNSURE))
    if known.update(state=state, answer=bounce.words, ended_at=timezone.now(), seen_at=None):
        if row.channel_id is not None and not bounce.delivered:
            Channel.objects.filter(pk=row.channel_id).update(trouble=bounce.words, trouble_at=timezone.now())
        tell_the_owner(row)
    return row
