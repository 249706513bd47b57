"""Parts of a day: how much of what a share has traded fell before, in and after the official session."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.printing import turnover_upto
from kiwoomweb.simulator.tape import VOLUME, Stretch, Tape

__all__ = ["Part", "Parts", "parts_of", "whole_parts"]


@dataclass(frozen=True, slots=True)
class Part:
    """``volume`` in shares, ``turnover`` in won."""

    volume: int = 0
    turnover: int = 0


@dataclass(frozen=True, slots=True)
class Parts:
    before: Part
    official: Part
    after: Part

    @property
    def all(self) -> Part:
        three = (self.before, self.official, self.after)
        return Part(sum(one.volume for one in three), sum(one.turnover for one in three))


NOTHING = Parts(Part(), Part(), Part())


def parts_of(tape: Tape | None, venue: Venue, volume: int, turnover: int) -> Parts:
    """Cut a venue's totals so far into sessions: earlier ones are full before a later one begins."""
    if tape is None:
        return NOTHING
    found = {}
    for phase, whole in _wholes(tape, venue).items():
        found[phase] = Part(min(volume, whole.volume), min(turnover, whole.turnover))
        volume, turnover = volume - found[phase].volume, turnover - found[phase].turnover
    return _three(found)


def whole_parts(tape: Tape | None, venue: Venue) -> Parts:
    """The sessions of a day that is over, told without making its minutes."""
    if tape is None or tape.bar.halted:
        return NOTHING
    official = Part() if venue is Venue.NXT else Part(tape.bar.volume, tape.bar.worth)
    return Parts(_sketched(tape, Phase.PRE, venue), official, _sketched(tape, Phase.AFTER, venue))


def _sketched(tape: Tape, phase: Phase, venue: Venue) -> Part:
    """A session around the official one, nothing for a venue that does not hold it."""
    on_krx = any(w.venue is Venue.KRX and w.phase is phase for w in tape.sessions.windows)
    bar, _ = tape.sketch(phase) if on_krx or venue is not Venue.KRX else (None, None)
    return Part(bar.volume, bar.worth) if bar else Part()


def _wholes(tape: Tape, venue: Venue) -> dict[Phase, Part]:
    stretches: Sequence[Stretch] = tape.stretches(venue=venue)
    return {
        part.phase: Part(sum(part.column(VOLUME, len(part))), turnover_upto(part, len(part)))
        for part in stretches
    }


def _three(found: dict[Phase, Part]) -> Parts:
    phases = (Phase.PRE, Phase.REGULAR, Phase.AFTER)
    return Parts(*(found.get(phase, Part()) for phase in phases))
