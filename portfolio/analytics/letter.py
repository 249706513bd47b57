"""The weekly letter: which group of trades earns beyond chance, what leaks the most, and how surely.

Looking at many groups finds a lucky one sooner or later: the interval of each is widened by how many were
looked at (Bonferroni), so that all of them together are wrong in at most 5 of 100 letters. Groups below
``NEEDS`` trades are not looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import NormalDist

from portfolio.analytics.behaviour.finding import Finding
from portfolio.analytics.intervals import deviation
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.when.dimensions import DIMENSIONS

__all__ = ["LOOKED_AT", "NEEDS", "Leak", "Spot", "leaks", "spots", "strength"]

NEEDS = 30
#: A habit seen in fewer trades than these is an accident.
FEW = 5
WRONG = 0.05
#: What a person can act on before the trade: when, what, how large, how long.
LOOKED_AT = ("entry_session", "weekday", "style", "holding", "price", "size", "change", "strength", "market",
             "setup", "tag")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """One group: ``mean`` of net / 매입금액 as a share with its widened interval, ``net`` in won."""

    dimension: str
    key: str
    n: int
    net: int
    mean: float
    low: float
    high: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that cost ``cost`` won (> 0) in ``n`` trades: a detector's ``habit``, else a ``spot``."""

    cost: int
    n: int
    rows: tuple[int, ...]
    habit: str = ""
    measure_n: int = 0
    spot: Spot | None = None


def spots(outcomes: Sequence[Outcome]) -> list[Spot]:
    """Every group looked at with ``NEEDS`` trades or more whose cost is known, intervals widened together."""
    parts: dict[tuple[str, str], list[Outcome]] = {}
    for name in LOOKED_AT:
        by = DIMENSIONS[name]
        for outcome in outcomes:
            if outcome.cost:
                for key in by.of(outcome):
                    parts.setdefault((name, key), []).append(outcome)
    large = {place: part for place, part in parts.items() if len(part) >= NEEDS}
    reach = NormalDist().inv_cdf(1 - WRONG / 2 / len(large)) if large else 0.0
    return [_spot(*place, part, reach) for place, part in sorted(large.items())]


def strength(found: Iterable[Spot]) -> Spot | None:
    """The group whose whole interval lies above zero, the one surest to earn; ``None`` when there is none."""
    above = [spot for spot in found if spot.low > 0 and spot.net > 0]
    return max(above, key=lambda spot: (spot.low, spot.net, spot.key), default=None)


def leaks(findings: Mapping[str, Finding], found: Iterable[Spot]) -> list[Leak]:
    """What cost money, the dearest first: habits that are shown with enough samples, and groups whose whole
    interval lies below zero."""
    habits = [
        Leak(each.cost, len(each.rows), each.rows, key, each.measure.n)
        for key, each in findings.items()
        if each.shown and each.measure.enough and each.cost > 0 and len(each.rows) >= FEW
    ]
    losing = [Leak(-spot.net, spot.n, spot.rows, spot=spot) for spot in found if spot.high < 0 and spot.net < 0]
    return sorted((*habits, *losing), key=lambda leak: (-leak.cost, leak.habit))


def _spot(dimension: str, key: str, part: Sequence[Outcome], reach: float) -> Spot:
    returns = [outcome.net / outcome.cost for outcome in part]
    mean, width = fsum(returns) / len(part), reach * deviation(returns) / sqrt(len(part))
    net = sum(outcome.net for outcome in part)
    rows = tuple(outcome.key for outcome in part)
    return Spot(dimension, key, len(part), net, mean, mean - width, mean + width, rows)
