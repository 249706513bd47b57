"""Temperaments: how one demo trader differs from the next; the moods of the year are the same for all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kiwoomweb.simulator.moods import Mood

__all__ = ["TEMPERAMENTS", "Temperament"]


@dataclass(frozen=True, slots=True)
class Temperament:
    """Factors on a mood: new positions a day, part of the assets for one of them, share closed the same day.

    ``edge`` is added to the luck of picks; ``stubborn`` averages down in every mood.
    """

    entries: float = 1.0
    size: float = 1.0
    day_trades: float = 1.0
    edge: float = 0.0
    stubborn: bool = False

    def on(self, mood: Mood) -> Mood:
        """The mood as this person lives it."""
        return replace(
            mood,
            entries=mood.entries * self.entries,
            size=max(round(mood.size * self.size), 1),
            day_trades=min(mood.day_trades * self.day_trades, 0.95),
            edge=min(max(mood.edge + self.edge, 0.05), 0.95),
            stubborn=mood.stubborn or self.stubborn,
        )


#: By name; "" is the demo's own person, whose year is kept as it always was.
TEMPERAMENTS: Mapping[str, Temperament] = MappingProxyType(
    {
        "": Temperament(),
        "단타": Temperament(entries=1.8, size=0.7, day_trades=2.4),
        "장기": Temperament(entries=0.35, size=1.4, day_trades=0.1),
        "조심": Temperament(entries=0.6, size=0.6, day_trades=0.6, edge=0.05),
        "과감": Temperament(entries=1.2, size=1.9, day_trades=1.2, edge=-0.05),
        "물타기": Temperament(entries=1.0, size=1.1, day_trades=0.5, edge=-0.1, stubborn=True),
        "소액": Temperament(entries=1.3, size=0.2, day_trades=1.0),
        "드묾": Temperament(entries=0.08, size=1.0, day_trades=0.3),
    }
)
