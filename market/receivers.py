"""What the market does when the broker has answered, and when somebody sees more or less than before."""

import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.dispatch import receiver

from kiwoomweb.access.signals import access_changed, answered
from market.frames import user_group
from market.services.answering import note_answer

__all__ = ["remember_the_answer", "send_away"]

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
