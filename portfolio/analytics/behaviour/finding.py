"""Finding: what a detector saw."""

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.analytics.measures import Measure
from portfolio.analytics.outcomes import Outcome

__all__ = ["Finding", "found", "size_of"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``shown``: the definition is met, which means little while the ``measure`` has not ``enough`` samples.

    ``rows`` are the offending trades; ``cost`` in won is what they lost (> 0) or, below 0, brought after all.
    """

    measure: Measure
    shown: bool
    rows: tuple[int, ...]
    cost: int


def found(measure: Measure, shown: bool, offending: Iterable[Outcome]) -> Finding:
    """A finding whose cost is the net the offending trades lost."""
    trades = list(offending)
    return Finding(measure, shown, tuple(trade.key for trade in trades), -sum(trade.net for trade in trades))


def size_of(outcome: Outcome) -> int:
    """How large a trade was, in won: what was bought, else what the sold had cost."""
    return outcome.bought or outcome.cost
