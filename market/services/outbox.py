"""Outbox: ring the bell of an account, numbered and kept, so that no page misses it for good."""

import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import IntegrityError, transaction

from market.frames import group_of
from market.models import AccountEvent
from market.selectors.events import event_text, last_event

__all__ = ["announce"]

log = logging.getLogger(__name__)


def announce(account_id: int, code: str, kind: str, body: dict[str, Any]) -> AccountEvent:
    """Number an event of the account, keep it, and tell the open pages once it is committed.

    ``body`` holds what a page needs to know which region to refresh (``symbol``, ``order_no``, …).
    """
    row = _number(account_id, kind, body)
    transaction.on_commit(lambda: _tell(code, row))
    return row


def _number(account_id: int, kind: str, body: dict[str, Any]) -> AccountEvent:
    """Two writers may want the same number; the loser takes the next."""
    while True:
        try:
            with transaction.atomic():
                seq = last_event(account_id) + 1
                return AccountEvent.objects.create(account_id=account_id, seq=seq, kind=kind, body=body)
        except IntegrityError:
            log.info("event number %s of account %s was taken", seq, account_id)


def _tell(code: str, row: AccountEvent) -> None:
    message = {"type": "live.event", "code": code, "seq": row.seq, "text": event_text(row)}
    try:
        async_to_sync(get_channel_layer().group_send)(group_of(code), message)
    except Exception as trouble:  # the event is in the database; the next frame or refresh shows it
        log.warning("event %s of %s not told: %s", row.seq, code, type(trouble).__name__)
