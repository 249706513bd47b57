"""Strength (체결강도): buyers' volume in percent of sellers', by minute and by day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.boards.backwards import Minute, prints_back
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import strength
from kiwoomweb.simulator.minutes import MinuteBar
from kiwoomweb.simulator.tape import VOLUME, Tape

__all__ = ["DailyStrength", "Recent", "recent"]

BUYS = MinuteBar._fields.index("buys")
CENT = Decimal("0.01")
OFFICIAL = (Phase.REGULAR, Phase.CLOSING_AUCTION)


@dataclass(frozen=True, slots=True)
class Recent:
    """A minute with the strength of the day so far and of its last 5, 20 and 60 minutes."""

    minute: Minute
    day: Decimal
    five: Decimal
    twenty: Decimal
    sixty: Decimal


def recent(minutes: Sequence[Minute]) -> list[Recent]:
    """Of minutes oldest first."""
    found, firsts = [], [0, 0, 0]
    for minute in minutes:
        ratios = []
        for place, span in enumerate((5, 20, 60)):
            while minutes[firsts[place]].minute <= minute.minute - span:
                firsts[place] += 1
            first = minutes[firsts[place]]
            buys = minute.buys - first.buys + first.bought
            volume = minute.total - first.total + first.volume
            ratios.append(strength(buys, volume - buys))
        found.append(Recent(minute, strength(minute.buys, minute.total - minute.buys), *ratios))
    return found


class DailyStrength:
    """(buys, sells) of official days, remembered without keeping the days themselves."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self.sides: Callable[[str, date], tuple[int, int]] = lru_cache(maxsize=20_000)(self._sides)

    def _sides(self, code: str, day: date) -> tuple[int, int]:
        tape = self._market.play_tape(code, day)
        if tape is None:
            return 0, 0
        count = len(tape.official)
        buys = sum(tape.official.column(BUYS, count))
        return buys, sum(tape.official.column(VOLUME, count)) - buys

    def on(self, code: str, day: date, at: datetime) -> tuple[int, int]:
        """Of any day, of the one ``at`` lies in as far as it has come."""
        if day != at.date():
            return self.sides(code, day)
        tape = self._market.tape(code, day)
        return self._so_far(tape, at) if tape else (0, 0)

    def _so_far(self, tape: Tape, until: datetime) -> tuple[int, int]:
        trades = prints_back(tape, until, Venue.KRX)
        last = next((one for one in trades if one.phase in OFFICIAL), None)
        return (last.buys, last.sells) if last else (0, 0)

    def mean(self, sides: Sequence[tuple[int, int]]) -> Decimal:
        """The average of some days' strengths, in percent."""
        values = [strength(*pair) for pair in sides]
        return (sum(values, Decimal(0)) / len(values)).quantize(CENT) if values else Decimal("100.00")
