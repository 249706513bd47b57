"""Breakdown: trades by any dimension, each group with its figures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from portfolio.analytics.definitions import made
from portfolio.analytics.edge.overall import quick_measures
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.when.dimensions import Dimension

__all__ = ["UNKNOWN", "Breakdown", "Group", "breakdown", "crossed"]

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The trades of one bucket (``UNKNOWN`` = no bucket known) and their figures by key."""

    key: str
    rows: tuple[int, ...]
    net: int
    measures: Mapping[str, Measure]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Groups in the order of their buckets, else the largest |net| first. ``exclusive``: they add up to
    ``net``; otherwise "태그 합계는 전체와 다를 수 있음" is to be said, and no share of the net is offered."""

    dimension: Dimension
    groups: tuple[Group, ...]
    net: int
    n: int

    @property
    def exclusive(self) -> bool:
        return self.dimension.exclusive


def breakdown(outcomes: Iterable[Outcome], by: Dimension, even_within: int = 0) -> Breakdown:
    """Part the trades. What belongs to no bucket is a group of its own, so nothing is lost from the sum."""
    chosen = list(outcomes)
    parts: dict[str, list[Outcome]] = {}
    for outcome in chosen:
        for key in by.of(outcome) or (UNKNOWN,):
            parts.setdefault(key, []).append(outcome)
    total = sum(outcome.net for outcome in chosen)
    whole = (total or Why.NO_PROFIT) if by.exclusive else Why.OVERLAPPING
    groups = [_group(key, part, whole, even_within) for key, part in parts.items()]
    return Breakdown(by, tuple(sorted(groups, key=_order(by))), total, len(chosen))


def crossed(
    outcomes: Iterable[Outcome], rows: Dimension, columns: Dimension
) -> dict[tuple[str, str], tuple[int, int]]:
    """Two dimensions at once, for a heat map: (row, column) -> (net in won, trades)."""
    cells: dict[tuple[str, str], tuple[int, int]] = {}
    for outcome in outcomes:
        for row in rows.of(outcome) or (UNKNOWN,):
            for column in columns.of(outcome) or (UNKNOWN,):
                net, n = cells.get((row, column), (0, 0))
                cells[row, column] = (net + outcome.net, n + 1)
    return cells


def _group(key: str, part: list[Outcome], whole: int | Why, even_within: int) -> Group:
    net, rows = sum(outcome.net for outcome in part), tuple(outcome.key for outcome in part)
    share = whole if isinstance(whole, Why) else Fraction(net, whole)
    own = (
        made("trades", len(part), len(part), rows=rows),
        made("net", net, len(part), rows=rows),
        made("share_of_net", share, len(part), rows=rows),
    )
    return Group(key, rows, net, {measure.key: measure for measure in own} | quick_measures(part, even_within))


def _order(by: Dimension) -> Callable[[Group], tuple[bool, int, int, str]]:
    places = {bucket.key: place for place, bucket in enumerate(by.buckets)}
    return lambda group: (group.key == UNKNOWN, places.get(group.key, 0), -abs(group.net), group.key)
