"""A change beside what really was, and the split-half check against self-deception.

Whatever is dropped after the fact looks good on the trades it was picked from. So the trades are split at the
middle of time: a change is chosen on the earlier half and judged on the later one, which had no say in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portfolio.analytics.edge.overall import quick_measures
from portfolio.analytics.measures import Measure
from portfolio.analytics.outcomes import Outcome, in_order
from portfolio.analytics.whatif.changes import Change, Changed

__all__ = ["VERDICTS", "Comparison", "SplitHalf", "Verdict", "compare", "split_half"]

#: So many trades must be dropped or altered in either half before anything is said.
LEAST_TOUCHED = 10


class Verdict(StrEnum):
    """How a change that looked good on the earlier half did on the later one."""

    HELD_UP = "held_up"
    DID_NOT = "did_not"
    NO_GAIN = "no_gain"
    TOO_FEW = "too_few"


#: (Korean msgid, English)
VERDICTS = {
    Verdict.HELD_UP: ("나중 절반에서도 나아졌습니다", "held up in the later half"),
    Verdict.DID_NOT: (
        "나중 절반에서는 나아지지 않았습니다: 우연일 수 있습니다",
        "did not hold up in the later half: may be chance",
    ),
    Verdict.NO_GAIN: ("앞 절반에서도 나아지지 않습니다", "no gain even in the earlier half"),
    Verdict.TOO_FEW: ("바뀌는 매매가 너무 적어 말할 수 없습니다", "too few trades change to tell"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Net and figures as they were and as they would have been; ``gain`` in won."""

    changed: Changed
    was: Mapping[str, Measure]
    would_be: Mapping[str, Measure]
    gain: int


@dataclass(frozen=True, slots=True)
class SplitHalf:
    """The change ``chosen`` on the earlier half (the largest gain there), its gain in won and the trades it
    touches in either half, and what that is worth."""

    chosen: str
    verdict: Verdict
    earlier_gain: int
    later_gain: int
    earlier_touched: int
    later_touched: int


def compare(outcomes: Sequence[Outcome], change: Change, even_within: int = 0) -> Comparison:
    """All trades with and without the change."""
    changed = change(outcomes)
    was, would_be = quick_measures(outcomes, even_within), quick_measures(changed.kept, even_within)
    return Comparison(changed, was, would_be, _gain(outcomes, changed))


def split_half(outcomes: Sequence[Outcome], candidates: Mapping[str, Change]) -> SplitHalf:
    """Choose among the candidates (one or many, by name) on the earlier half, judge on the later.

    The halves have the same number of trades; an odd one goes to the later half. Raises ``ValueError`` without
    a candidate.
    """
    if not candidates:
        raise ValueError("no change to judge")
    ordered = in_order(outcomes)
    earlier, later = ordered[: len(ordered) // 2], ordered[len(ordered) // 2 :]
    tried = {name: change(earlier) for name, change in candidates.items()}
    chosen = max(tried, key=lambda name: _gain(earlier, tried[name]))
    first, second = tried[chosen], candidates[chosen](later)
    gains, touched = (_gain(earlier, first), _gain(later, second)), (_touched(first), _touched(second))
    return SplitHalf(chosen, _verdict(gains, touched), *gains, *touched)


def _verdict(gains: tuple[int, int], touched: tuple[int, int]) -> Verdict:
    if min(touched) < LEAST_TOUCHED:
        return Verdict.TOO_FEW
    if gains[0] <= 0:
        return Verdict.NO_GAIN
    return Verdict.HELD_UP if gains[1] > 0 else Verdict.DID_NOT


def _gain(outcomes: Sequence[Outcome], changed: Changed) -> int:
    return sum(o.net for o in changed.kept) - sum(o.net for o in outcomes)


def _touched(changed: Changed) -> int:
    return len({*changed.dropped, *changed.altered})
