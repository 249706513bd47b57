"""One figure of the benchmark: what was measured, and the bound it must keep."""

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

__all__ = ["Figure", "percentile", "seconds_of"]


@dataclass(frozen=True, slots=True)
class Figure:
    """``bound`` is a floor or, with ``is_most``, a ceiling; ``None`` is told only for comparison."""

    what: str
    found: float
    unit: str
    bound: float | None = None
    is_most: bool = True

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        if self.bound is None:
            return True
        return self.found <= self.bound if self.is_most else self.found >= self.bound

    def to_line(self) -> str:
        """As a child process tells it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_line(cls, line: str) -> "Figure":
        """As its parent reads it."""
        return cls(**json.loads(line))


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that so large a part of them does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def seconds_of(act: Callable[[], object], times: int) -> list[float]:
    """How long each of so many runs took, after one that counts for nothing."""
    act()
    taken = []
    for _time in range(times):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return taken
