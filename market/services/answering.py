"""Answering: remember when the broker last answered a TR for an account. It must cost next to nothing."""

import logging
from contextlib import suppress

from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone
from redis.exceptions import RedisError

from market.models import Answered

__all__ = ["note_answer"]

#: Seconds in which the same success is written once. A page shows minutes.
EVERY = 60

log = logging.getLogger(__name__)


def note_answer(account_id: int, tr: str) -> None:
    """Write the moment down, at most once a minute. A busy database costs the note, not the answer."""
    if not _is_due(account_id, tr):
        return
    try:
        Answered.objects.update_or_create(account_id=account_id, tr=tr, defaults={"at": timezone.now()})
    except DatabaseError as trouble:
        log.warning("success of %s not noted: %s", tr, type(trouble).__name__)
        _forget(account_id, tr)


def _is_due(account_id: int, tr: str) -> bool:
    try:
        return bool(cache.add(_key(account_id, tr), 1, EVERY))
    except (RedisError, OSError):  # without a cache every success is written
        return True


def _forget(account_id: int, tr: str) -> None:
    """The next success is written at once."""
    with suppress(RedisError, OSError):
        cache.delete(_key(account_id, tr))


def _key(account_id: int, tr: str) -> str:
    return f"answered:{account_id}:{tr}"
