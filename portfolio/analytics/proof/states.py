"""The state of a day: OPEN while it is traded, CLOSING until two reads agree, then SEALED; or what is wrong.

    OPEN      the day's sessions are not over
    CLOSING   read and in order, but not yet twice (four hours apart, the second on a later day)
    SEALED    all equations held in two such reads
    MISMATCH  an equation does not hold and nobody has said why
    GAP       figures are missing that should be there

All moments are by the broker's clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portfolio.analytics.proof.lines import Line, Reason, Verdict

__all__ = ["APART", "DayState", "Moments", "Standing", "standing"]

#: The second read must be so much later than the first.
APART = timedelta(hours=4)


class DayState(StrEnum):
    """One of these for every trading day since the account was connected."""

    OPEN = "open"
    CLOSING = "closing"
    SEALED = "sealed"
    MISMATCH = "mismatch"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Moments:
    """When the day closes, from when a gap is an alarm (09:00 of the next trading day), and now.

    ``read_at`` is the last read of the whole day, ``None`` while there was none, ``seen_at`` the last read of
    any of its lists; ``is_whole`` is false while some of them have not been read at all.
    """

    day: date
    closes_at: datetime
    alarm_at: datetime
    now: datetime
    read_at: datetime | None
    seen_at: datetime | None = None
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """The state, and since which read the same figures have held (``None`` while they do not)."""

    state: DayState
    held_since: datetime | None


def standing(lines: Iterable[Line], moments: Moments, held_since: datetime | None = None) -> Standing:
    """The state of a day whose present figures have held since that read, as far as that is known.

    ``held_since`` is ``None`` when these figures are seen for the first time.
    """
    if moments.now < moments.closes_at:
        return Standing(DayState.OPEN, None)
    lines = list(lines)
    read, late = moments.read_at, moments.now >= moments.alarm_at
    if any(line.verdict is Verdict.DIFFERENT and not line.holds for line in lines):
        return Standing(DayState.MISMATCH, None)
    if read is None:
        return Standing(DayState.GAP, None)
    if read < moments.closes_at or not moments.is_whole or any(_is_missing(line) for line in lines):
        return Standing(DayState.GAP if late else DayState.CLOSING, None)
    since = held_since or moments.seen_at or read
    if any(line.reason is Reason.AWAITED for line in lines) or not is_twice(moments.day, since, read):
        return Standing(DayState.CLOSING, since)
    return Standing(DayState.SEALED, since)


def is_twice(day: date, first: datetime, second: datetime) -> bool:
    """Whether two reads are far enough apart, the second one on a later day."""
    return second - first >= APART and second.date() > day


def _is_missing(line: Line) -> bool:
    return line.verdict is Verdict.UNKNOWN and line.reason is Reason.MISSING
