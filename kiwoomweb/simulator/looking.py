"""Looking: realtime types that have no events of their own are looked at in turn and told when they differ."""

import logging
from collections.abc import Callable, Iterator, Mapping, Set
from time import monotonic

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.replies import LOOKS
from kiwoomweb.simulator.replies.looks import Look
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.turns import Turns

__all__ = ["Looking"]

log = logging.getLogger(__name__)

Pair = tuple[str, str]
Seen = Mapping[str, Value]


class Looking:
    def __init__(
        self,
        exchange: Exchange,
        clock: Callable[[], float] = monotonic,
        looks: Mapping[str, Look] = LOOKS,
    ) -> None:
        self._exchange, self._looks = exchange, looks
        self._turns: Turns[Pair] = Turns(clock)
        self._told: dict[Pair, Seen] = {}
        self._broken: set[str] = set()

    def changed(self, asked: Set[Pair]) -> Iterator[tuple[Pair, Seen]]:
        """What looks different from what was told last, of the pairs whose turn it is."""
        pairs = {pair for pair in asked if pair[0] in self._looks}
        self._told = {pair: seen for pair, seen in self._told.items() if pair in pairs}
        for pair in self._turns.due(pairs):
            seen = self._look(pair)
            if seen is not None and self._told.get(pair) != seen:
                self._told[pair] = seen
                yield pair, seen

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
