"""Looking: realtime types that have no events of their own are looked at again and told when they differ.

Each registered pair is looked at about once a second. A heartbeat spends only so much time here: with more
pairs than that allows, those looked at longest ago come first, and all of them a little less often.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Set
from time import monotonic

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.replies import LOOKS
from kiwoomweb.simulator.replies.looks import Look
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["Looking"]

log = logging.getLogger(__name__)

EVERY_S = 1.0
#: Time one heartbeat may spend looking, in seconds.
BUDGET_S = 0.02

Pair = tuple[str, str]
Seen = Mapping[str, Value]


class Looking:
    def __init__(
        self,
        exchange: Exchange,
        clock: Callable[[], float] = monotonic,
        looks: Mapping[str, Look] = LOOKS,
    ) -> None:
        self._exchange, self._clock, self._looks = exchange, clock, looks
        self._told: dict[Pair, Seen] = {}
        self._looked_at: dict[Pair, float] = {}
        self._broken: set[str] = set()

    def changed(self, asked: Set[Pair]) -> Iterator[tuple[Pair, Seen]]:
        """What looks different from what was told last, of the pairs whose turn it is."""
        pairs = {pair for pair in asked if pair[0] in self._looks}
        self._told = {pair: seen for pair, seen in self._told.items() if pair in pairs}
        self._looked_at = {pair: at for pair, at in self._looked_at.items() if pair in pairs}
        now = self._clock()
        until = now + BUDGET_S
        for pair in self._due(pairs, now):
            self._looked_at[pair] = now
            seen = self._look(pair)
            if seen is not None and self._told.get(pair) != seen:
                self._told[pair] = seen
                yield pair, seen
            if self._clock() >= until:
                return

    def _due(self, pairs: Set[Pair], now: float) -> list[Pair]:
        """New pairs first, then by how long ago they were looked at."""
        never = float("-inf")
        waited = {pair: self._looked_at.get(pair, never) for pair in pairs}
        return sorted(
            (pair for pair, at in waited.items() if now - at >= EVERY_S), key=lambda pair: (waited[pair], pair)
        )

    def _look(self, pair: Pair) -> Seen | None:
        """One look. A model that fails silences its own type and nobody else's, and is told of once."""
        kind, item = pair
        try:
            return self._looks[kind](self._exchange, item)
        except Exception:
            if kind not in self._broken:
                log.exception("realtime type %s cannot be looked at (item %r)", kind, item)
            self._broken.add(kind)
            return None
