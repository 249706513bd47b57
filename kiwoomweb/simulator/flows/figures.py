"""Figures: how many shares, worth how much, each session of a day trades; and how far the day has come.

Who traded is counted by session: KRX counts its official session, as its daily bar does; NXT what lies around
it; both together are 통합. Sessions follow one another, so the day's running total says how far each has come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.tape import Tape

__all__ = ["PHASES_OF", "DayFigures", "Part", "figures_of"]

ORDER = (Phase.PRE, Phase.REGULAR, Phase.AFTER)
#: The sessions whose trades a venue's statistics count.
PHASES_OF: Mapping[Venue, tuple[Phase, ...]] = MappingProxyType(
    {
        Venue.KRX: (Phase.REGULAR,),
        Venue.NXT: (Phase.PRE, Phase.AFTER),
        Venue.ALL: ORDER,
        Venue.SOR: ORDER,
    }
)


class Part(NamedTuple):
    """Shares and won."""

    volume: int
    turnover: int


NONE = Part(0, 0)


@dataclass(frozen=True, eq=False)
class DayFigures:
    """One share's day: the bar of each session. A halted day, or one without a session, trades nothing."""

    tape: Tape | None

    @cached_property
    def bars(self) -> Mapping[Phase, DayBar | None]:
        tape = self.tape
        if tape is None or tape.bar.halted:
            return dict.fromkeys(ORDER)
        return {
            Phase.PRE: tape.sketch(Phase.PRE)[0],
            Phase.REGULAR: tape.bar,
            Phase.AFTER: tape.sketch(Phase.AFTER)[0],
        }

    def whole(self, phase: Phase) -> Part:
        """What the session trades from its beginning to its end."""
        bar = self.bar(phase)
        return Part(bar.volume, bar.worth) if bar else NONE

    def bar(self, phase: Phase) -> DayBar | None:
        if phase is Phase.REGULAR:  # asked most, and known without looking at the others
            return None if self.tape is None or self.tape.bar.halted else self.tape.bar
        return self.bars[phase]

    def come(self, volume: int, turnover: int) -> Mapping[Phase, Part]:
        """How far each session is when the whole day has traded so much."""
        parts = {}
        for phase in ORDER:
            whole = self.whole(phase)
            part = Part(min(volume, whole.volume), min(turnover, whole.turnover))
            volume, turnover = volume - part.volume, turnover - part.turnover
            parts[phase] = part
        return parts


def figures_of(market: Market, code: str, day: date) -> DayFigures:
    """The figures of a day, in the past or to come. Cheap: no minutes are made."""
    bar, hours = market.daily.series(code, day).on(day), market.sessions(day)
    if bar is None or hours is None:
        return DayFigures(None)
    return DayFigures(Tape(market.seed, code, bar, market.base(code, day), hours, market.grid(code)))
