"""Do the broker's own figures for one day agree with each other? Each comparison says why, in a word.

Source of the tolerances: the cost arithmetic of the protocol notes. The day total (ka10074) truncates its
commission once, on the day's summed amount; the sales (ka10073) truncate it for each row and both legs. So
the two may differ by less than 10 won for each truncation, which is rounding and no error.
"""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Comparison", "Verdict", "compare"]

#: Commissions are truncated to 10 won, so one truncation hides at most 9.
HIDDEN_BY_TRUNCATION = 9


class Verdict(StrEnum):
    """SAME to the won, ROUNDING within what truncation explains, DIFFERENT, or UNKNOWN: one side is missing."""

    SAME = "same"
    ROUNDING = "rounding"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures for the same thing, in won. ``ours`` is summed from rows, ``theirs`` the broker's total."""

    ours: int | None
    theirs: int | None
    tolerance: int
    verdict: Verdict

    @property
    def difference(self) -> int | None:
        """``ours - theirs``; unknown when a side is."""
        return None if self.ours is None or self.theirs is None else self.ours - self.theirs


def compare(ours: int | None, theirs: int | None, truncations: int = 0) -> Comparison:
    """Compare two won figures of which one was truncated ``truncations`` times more than the other."""
    tolerance = truncations * HIDDEN_BY_TRUNCATION
    return Comparison(ours, theirs, tolerance, _verdict(ours, theirs, tolerance))


def _verdict(ours: int | None, theirs: int | None, tolerance: int) -> Verdict:
    if ours is None or theirs is None:
        return Verdict.UNKNOWN
    if ours == theirs:
        return Verdict.SAME
    return Verdict.ROUNDING if abs(ours - theirs) <= tolerance else Verdict.DIFFERENT
