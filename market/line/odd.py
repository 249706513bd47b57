"""Odd things the broker said: counted by kind, told to the log the first time and then ever more rarely."""

import logging
from collections import Counter

from kiwoomweb.broker.stream_events import Unrecognised

__all__ = ["Odd"]

log = logging.getLogger(__name__)


class Odd:
    """``counts``: frames that were none, entries of unknown types, figures that are none, by what was wrong."""

    def __init__(self, account_id: int) -> None:
        self.account_id = account_id
        self.counts: Counter[str] = Counter()

    @property
    def total(self) -> int:
        return self.counts.total()

    def note(self, event: Unrecognised) -> None:
        """The type decides the kind: what is wrong in detail has no bounds."""
        kind = event.type[:8] or "frame"
        self.counts[kind] += 1
        count = self.counts[kind]
        if count & (count - 1) == 0:  # the first, the second, the fourth, the eighth …
            log.warning("account %s: %d odd of %s, now %s", self.account_id, count, kind, event.why[:120])
