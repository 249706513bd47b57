"""Moods: the shape of a believable year. Good months and bad ones, two holidays, a stretch of stubbornness.

Nobody is wise by accident, so the demo trader's luck is arranged: ``edge`` is how often a pick turns out well.
"""

from dataclasses import dataclass

__all__ = ["TYPICAL_YEAR", "Mood", "mood_on"]

#: Trading days in the arranged year.
TYPICAL_YEAR = 245


@dataclass(frozen=True, slots=True)
class Mood:
    """``entries`` new positions a day on average, ``edge`` 0..1, ``day_trades`` the share closed the same day.

    ``stubborn``: averages down where others stop. ``size``: of the assets, in percent, for one position.
    """

    name: str
    days: int
    entries: float
    edge: float
    day_trades: float
    stubborn: bool = False
    size: int = 11


YEAR = (
    Mood("조심스러운 시작", 18, 1.0, 0.71, 0.20, size=8),
    Mood("자신감", 24, 1.6, 0.81, 0.35),
    Mood("횡보", 16, 1.3, 0.60, 0.40),
    Mood("휴가", 5, 0, 0.55, 0),
    Mood("상승장", 26, 1.7, 0.79, 0.30, size=12),
    Mood("과신", 18, 2.0, 0.51, 0.45, stubborn=True, size=14),
    Mood("물타기", 20, 1.2, 0.43, 0.20, stubborn=True, size=14),
    Mood("손절", 8, 0.7, 0.55, 0.30, size=8),
    Mood("휴식", 7, 0, 0.55, 0),
    Mood("회복", 28, 1.4, 0.79, 0.35, size=10),
    Mood("단타", 20, 2.2, 0.67, 0.65, size=9),
    Mood("실적 시즌", 24, 1.6, 0.79, 0.25, size=12),
    Mood("조정", 14, 1.3, 0.55, 0.35),
    Mood("평상", 17, 1.7, 0.71, 0.30),
)


def mood_on(index: int) -> Mood:
    """The mood of the account's ``index``-th trading day; years repeat."""
    left = index % TYPICAL_YEAR
    for mood in YEAR:
        if left < mood.days:
            return mood
        left -= mood.days
    return YEAR[-1]
