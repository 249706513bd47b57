"""What the market does when the broker has answered, an alert has rung, or somebody has a notice."""

import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import override

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors import own_accounts
from kiwoomweb.access.signals import access_changed, answered
from kiwoomweb.notices.signals import noticed
from market.frames import user_group
from market.models import AlertRing
from market.screens.alerts import told
from market.services.answering import note_answer
from market.services.outbox import announce
from market.services.telling import tell_ring
from market.signals import rang

__all__ = ["remember_the_answer", "ring_the_bell", "say_what_rang", "send_away"]

log = logging.getLogger(__name__)


@receiver(answered)
def remember_the_answer(sender: object, *, account_id: int, tr: str, **_rest: Any) -> None:
    """Any success counts, whoever asked: a page, the journal, the explorer."""
    note_answer(account_id, tr)


@receiver(access_changed)
def send_away(sender: object, *, user_id: int, **_rest: Any) -> None:
    """Their open pages are looked at anew at once; without the queue within seconds."""

    def tell() -> None:
        try:
            message = {"type": "access.revoked", "user_id": user_id}
            async_to_sync(get_channel_layer().group_send)(user_group(user_id), message)
        except Exception as trouble:  # the hub looks by itself every few seconds
            log.warning("pages of person %s not told: %s", user_id, type(trouble).__name__)

    transaction.on_commit(tell)


@receiver(rang)
def say_what_rang(sender: object, *, ring: AlertRing, **_rest: Any) -> None:
    """To the channels of its owner, in their words."""
    with override(ring.alert.owner.language or "ko"):
        (words,) = told([ring])
    tell_ring(ring, words.title, words.text)


@receiver(noticed)
def ring_the_bell(sender: object, *, user: User, account: Account | None, **_rest: Any) -> None:
    """Open pages look whether something is theirs; a notice of no account rings on the person's first."""
    heard = account or next(iter(own_accounts(user)), None)
    if heard is not None:
        announce(heard.pk, heard.code, "alert", {})
