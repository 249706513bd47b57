"""Moods: the shape of a believable year. Good months and bad ones, two holidays, a stretch of stubbornness.

The demo trader cannot be wise by accident, so its luck is arranged: ``edge`` is how often a pick turns out well.
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
    Mood("조심스러운 시작", 18, 0.8, 0.56, 0.20, size=8),
    Mood("자신감", 24, 1.3, 0.66, 0.35),
    Mood("횡보", 16, 1.1, 0.47, 0.40),
    Mood("휴가", 5, 0, 0.5, 0),
    Mood("상승장", 26, 1.4, 0.64, 0.30, size=12),
    Mood("과신", 18, 1.7, 0.40, 0.45, stubborn=True, size=14),
    Mood("물타기", 20, 1.0, 0.30, 0.20, stubborn=True, size=14),
    Mood("손절", 8, 0.6, 0.40, 0.30, size=8),
    Mood("휴식", 7, 0, 0.5, 0),
    Mood("회복", 28, 1.2, 0.63, 0.35, size=10),
    Mood("단타", 20, 1.8, 0.52, 0.65, size=9),
    Mood("실적 시즌", 24, 1.3, 0.64, 0.25, size=12),
    Mood("조정", 14, 1.1, 0.40, 0.35),
    Mood("평상", 17, 1.4, 0.57, 0.30),
)


def mood_on(index: int) -> Mood:
    """The mood of the account's ``index``-th trading day; years repeat."""
    left = index % TYPICAL_YEAR
    for mood in YEAR:
        if left < mood.days:
            return mood
        left -= mood.days
    return YEAR[-1]
