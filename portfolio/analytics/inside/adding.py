"""물타기 and 불타기: what was added below and above the running average."""

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio.analytics.inside.shapes import Step
from portfolio.analytics.inside.standing import standings

__all__ = ["Adds", "adds"]


@dataclass(frozen=True, slots=True)
class Adds:
    """Buys into a held position: how many below and above its average, their shares, and all shares bought."""

    below: int
    above: int
    shares_below: int
    shares_above: int
    bought: int


def adds(steps: Sequence[Step]) -> Adds:
    """A buy at exactly the average is neither."""
    states = list(standings(steps))
    below: list[int] = []
    above: list[int] = []
    for step, held in zip(steps[1:], states, strict=False):
        average = held.average
        if step.quantity > 0 and average is not None and step.price != average:
            (below if step.price < average else above).append(step.quantity)
    bought = sum(step.quantity for step in steps if step.quantity > 0)
    return Adds(len(below), len(above), sum(below), sum(above), bought)
