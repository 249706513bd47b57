"""Late corrections and the cash: an evening's cash told before a correction differs by exactly the correction.

    the corrected day    d2(t) was told with the old costs, and what t settled is reckoned with the new ones:
                         ours - theirs = new settlement - old settlement
    the day it arrives   d2(u) has it, d2(u-1) has not yet: ours - theirs = -(new settlement - old settlement)

Cash of an evening cannot be asked for again, so both differences stay. Each is explained only by corrections
that the versions of a proof document, and only where they come to it to the won.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, product

from portfolio.analytics.proof.correcting import Figures
from portfolio.analytics.proof.lines import Cause, Line, Verdict

__all__ = ["MENDED", "Version", "arrivals_of", "mended"]

#: The name of the line that this is about: the cash after settlement.
MENDED = ("E6", "cash.d2", "")
COSTED = ("sold", "bought", "costs")
TOTAL = ("sold", "bought", "commission", "tax")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a day's proof, as far as it matters here."""

    number: int
    figures: Figures
    lines: tuple[Line, ...]


def mended(
    line: Line, day: date, figures: Figures, versions: Sequence[Version], arriving: Sequence[Cause]
) -> Line:
    """The line of the cash, explained where corrections come to its difference exactly; else as it was.

    ``versions`` are the day's earlier ones, oldest first, the present one among them if it is written.
    ``arriving`` are corrections of days before (``arrivals_of``).
    """
    if line.verdict is not Verdict.DIFFERENT or line.holds or line.difference is None:
        return line
    own: list[tuple[Cause, ...]] = [(), *((one,) for one in _own(line, day, figures, versions))]
    come: list[tuple[Cause, ...]] = [(), *((one,) for one in arriving), tuple(arriving)]
    for causes in sorted((mine + theirs for mine, theirs in product(own, come)), key=len):
        if causes and sum(one.won for one in causes) == line.difference:
            return line.corrected(causes)
    return line


def arrivals_of(day: date, others: Mapping[date, Sequence[Version]]) -> list[Cause]:
    """Corrections of days before ``day`` whose money has not arrived in another day's cash, as they would move
    the difference there: at most one of a day. ``others`` are days with the versions of their proofs."""
    present = {other: versions[-1] for other, versions in others.items() if versions}
    told = [(other, cause) for other, one in present.items() for line in one.lines for cause in line.causes]
    arrived = {(cause.day, -cause.won) for other, cause in told if other not in (cause.day, day)}
    found = [cause for other in sorted(present) if other < day for cause in _left_behind(other, others[other])]
    return [replace(cause, won=-cause.won) for cause in found if (cause.day, cause.won) not in arrived]


def _left_behind(day: date, versions: Sequence[Version]) -> Iterator[Cause]:
    """What was corrected of the day after its cash was told: as its own line says, or as its versions differ,
    where that evening's cash cannot be compared (nobody asked the evening before)."""
    present = versions[-1]
    line = next((line for line in present.lines if line.name == MENDED), None)
    if line is None or line.verdict is Verdict.UNKNOWN:
        yield from islice(_changes(day, present.figures, versions), 1)
    else:
        yield from (cause for cause in line.causes if cause.day == day)


def _own(line: Line, day: date, figures: Figures, versions: Sequence[Version]) -> Iterator[Cause]:
    """What the day's own settlement has changed by since each version that saw the same cash."""
    saw = [
        any(one.name == line.name and one.theirs == line.theirs for one in version.lines)
        for version in versions
    ]
    same = {version.number for version, seen in zip(versions, saw, strict=True) if seen}
    return (cause for cause in _changes(day, figures, versions) if cause.before in same)


def _changes(day: date, figures: Figures, versions: Sequence[Version]) -> Iterator[Cause]:
    """By how much each version settled otherwise than these figures do, newest first."""
    now = _settled(figures)
    for place, version in reversed(list(enumerate(versions))):
        then = _settled(version.figures)
        if now is None or then is None or now[0] != then[0] or now == then:
            continue
        later = (one.number for one in versions[place + 1 :] if _settled(one.figures) == now)
        yield Cause(day, now[1] - then[1], version.number, next(later, versions[-1].number + 1))


def _settled(figures: Figures) -> tuple[str, int] | None:
    """What the day settles, and which figures say so: its total, or else the costs of its stocks."""
    total = figures.get("")
    if total and all(name in total for name in TOTAL):
        return "total", total["sold"] - total["bought"] - total["commission"] - total["tax"]
    stocks = [one for symbol, one in figures.items() if symbol and all(name in one for name in COSTED)]
    return ("stocks", sum(one["sold"] - one["bought"] - one["costs"] for one in stocks)) if stocks else None
