"""Kept answers read back, without asking anybody: for whoever must not wait for the broker."""

from datetime import datetime
from typing import TypeVar

import msgspec

from market.models import Kept

__all__ = ["last_told"]

T = TypeVar("T")


def last_told(environment: str, what: str, kind: type[T]) -> tuple[T, datetime] | None:
    """The last answer to ``what`` (as in ``market.services``) and when it came, by our clock."""
    kept = Kept.objects.filter(environment=environment, what=what).first()
    if kept is None:
        return None
    return msgspec.json.decode(bytes(kept.body), type=kind), kept.at
