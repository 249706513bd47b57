"""Falls of any curve: from the highest point so far, down, and back to the old height or not yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["Episode", "fall_episodes"]


@dataclass(frozen=True, slots=True)
class Episode:
    """One fall: the height it began at and its lowest value, in the curve's unit, with their days.

    ``peak_day`` is the last at that height, ``None`` when it was before the first day; ``recovered_day`` is
    ``None`` while it goes on. ``days`` are calendar days from the peak (else the first day of the fall) to the
    recovery (else the last day).
    """

    peak: float
    trough: float
    peak_day: date | None
    trough_day: date
    recovered_day: date | None
    days: int


def fall_episodes(curve: Sequence[tuple[date, float]], start: float) -> list[Episode]:
    """Every fall of a curve (oldest first) that stood at ``start`` before its first day."""
    found: list[Episode] = []
    peak, peak_day = start, None
    trough: tuple[float, date] | None = None
    began = curve[0][0] if curve else date.min
    for day, value in curve:
        if value < peak:
            began = began if trough else peak_day or day
            trough = (value, day) if trough is None or value < trough[0] else trough
            continue
        if trough:
            found.append(Episode(peak, *_placed(trough, peak_day), day, (day - began).days))
            trough = None
        peak, peak_day = value, day
    if trough:
        found.append(Episode(peak, *_placed(trough, peak_day), None, (curve[-1][0] - began).days))
    return found


def _placed(trough: tuple[float, date], peak_day: date | None) -> tuple[float, date | None, date]:
    return trough[0], peak_day, trough[1]
