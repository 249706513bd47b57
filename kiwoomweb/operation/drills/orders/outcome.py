"""Outcome: what a drill of kills has to say, and how the parts of several workers become one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Outcome", "together"]


@dataclass
class Outcome:
    """Counts of one worker, or of all of them."""

    trials: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    played: Counter[str] = field(default_factory=Counter)
    spoilt: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    #: Trial, kind, words.
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    chains: int = 0
    seconds: float = 0.0
    #: Processor seconds of all the processes that were started and ended.
    processor: float = 0.0

    @property
    def kills(self) -> int:
        """Processes that were ended by a real SIGKILL."""
        return sum(self.killed.values())

    def count(self, kind: str) -> int:
        """How many faults of one kind."""
        return sum(one == kind for _number, one, _words in self.faults)


def together(parts: Iterable[Outcome]) -> Outcome:
    """The sum; the time is that of the slowest, for they worked side by side."""
    whole = Outcome()
    for part in parts:
        whole.trials += part.trials
        whole.chains += part.chains
        whole.processor += part.processor
        whole.seconds = max(whole.seconds, part.seconds)
        whole.faults += part.faults
        for name in ("killed", "played", "spoilt", "states"):
            getattr(whole, name).update(getattr(part, name))
    return whole
