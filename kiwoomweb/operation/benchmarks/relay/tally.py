"""Tallies: how many updates came, and how old they were."""

import time
from typing import Any

__all__ = ["Tally"]

#: Buckets of half a millisecond, up to ten seconds.
A_MS, MOST = 2, 20_000


class Tally:
    """What all seats have heard since it was made."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.messages = self.bytes = self.updates = 0
        self.gaps = self.lost = self.backwards = self.left = 0
        self._ages = [0] * MOST
        self._now = 0

    def begin(self, now: int) -> None:
        """The moment at which what is read next was read, in the trades' own time."""
        self._now = now

    def heard(self, made: int) -> None:
        bucket = (self._now - made) * A_MS // 1_000
        self._ages[bucket if 0 <= bucket < MOST else MOST - 1] += 1
        self.updates += 1

    def heard_all(self, made: list[int]) -> None:
        ages, now = self._ages, self._now
        for one in made:
            bucket = (now - one) * A_MS // 1_000
            ages[bucket if 0 <= bucket < MOST else MOST - 1] += 1
        self.updates += len(made)

    def percentile(self, part: float) -> float:
        """Milliseconds that so large a part of the updates does not exceed."""
        wanted, seen = part * self.updates, 0
        for bucket, count in enumerate(self._ages):
            seen += count
            if seen >= wanted and count:
                return (bucket + 1) / A_MS
        return 0.0

    def told(self) -> dict[str, Any]:
        return {
            "seconds": time.monotonic() - self.begun,
            "messages": self.messages,
            "bytes": self.bytes,
            "updates": self.updates,
            "gaps": self.gaps,
            "lost": self.lost,
            "backwards": self.backwards,
            "left": self.left,
            "p50": self.percentile(0.5),
            "p99": self.percentile(0.99),
        }
