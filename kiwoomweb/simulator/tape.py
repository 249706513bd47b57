"""The tape: one instrument's whole day, 08:00 to 20:00, minute by minute.

The official session is made from the day's bar. Before it NXT trades towards the open, after it both venues
(only NXT before 2026-09-14) drift around the close; neither changes the official bar. Each stretch of the day
is computed when first looked at.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate, chain
from math import exp
from operator import mul
from random import Random

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase, Sessions, Window
from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.minutes import MinuteBar, session_minutes
from kiwoomweb.simulator.prices import Grid
from kiwoomweb.simulator.ticks import Tick, minute_ticks

__all__ = ["VOLUME", "WIDTH", "Stretch", "Tape", "minute_of"]

#: What the sessions around the official one trade, as a part of its volume.
PRE_SHARE, AFTER_SHARE = 0.012, 0.025
#: Quieter sessions than this many shares do not take place.
LEAST_AROUND = 100

KRX = frozenset((Venue.KRX, Venue.ALL, Venue.SOR))
NXT = frozenset((Venue.NXT, Venue.ALL, Venue.SOR))
EVERYWHERE = KRX | NXT

WIDTH = len(MinuteBar._fields)
VOLUME = MinuteBar._fields.index("volume")


def minute_of(moment: datetime) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


class Stretch:
    """The trading minutes of one session, in a plain array: a market's day must fit in little memory.

    ``venues`` can see it. ``turnover`` is what its trades are worth together, in won.
    """

    def __init__(
        self,
        name: str,
        phase: Phase,
        bars: Iterable[MinuteBar],
        grid: Grid,
        *,
        venues: frozenset[Venue],
        auction: int = 0,
        turnover: int = 0,
    ) -> None:
        self.name, self.phase, self.venues, self.grid, self.auction = name, phase, venues, grid, auction
        self.turnover = turnover
        self.values = array("i", chain.from_iterable(bars))
        self.starts = self.values[::WIDTH]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> MinuteBar:
        return MinuteBar(*self.values[WIDTH * index : WIDTH * (index + 1)])

    def __iter__(self) -> Iterator[MinuteBar]:
        return (self[index] for index in range(len(self)))

    def upto(self, minute: int) -> int:
        """How many minutes begin at or before this one."""
        return bisect_right(self.starts, minute)

    def ticks(self, index: int) -> list[Tick]:
        """The trades of one minute, the same whenever asked."""
        bar = self[index]
        return minute_ticks(bar, self.grid, dice(self.name, bar.minute), at_once=bar.minute == self.auction)

    def column(self, field: int, upto: int) -> "array[int]":
        """One field of the first ``upto`` minutes."""
        return self.values[field : WIDTH * upto : WIDTH]

    @cached_property
    def worth(self) -> "array[int]":
        """Running worth of the minutes at the middle of their prices, four times over."""
        prices = zip(*(self.column(field, len(self)) for field in range(1, 5)), strict=True)
        volumes = self.column(VOLUME, len(self))
        return array("q", accumulate(map(mul, map(sum, prices), volumes)))


@dataclass(frozen=True, eq=False)
class Tape:
    """One day of ``code``, started from ``base``. An index is not ``extended``: it has official hours only."""

    seed: int
    code: str
    bar: DayBar
    base: int
    sessions: Sessions
    grid: Grid
    extended: bool = True

    @property
    def name(self) -> str:
        return f"{self.seed}:{self.code}:{self.bar.day}"

    @cached_property
    def auction(self) -> int:
        """The minute of the closing auction."""
        return minute_of(self.sessions.closing_auction.closes)

    @cached_property
    def official(self) -> Stretch:
        regular = self.sessions.regular
        minutes = range(minute_of(regular.opens), minute_of(regular.closes))
        luck, index = dice(self.name), not self.extended
        bars = session_minutes(self.bar, minutes, self.auction, self.grid, luck, turns_back=index)
        return Stretch(
            self.name, Phase.REGULAR, bars, self.grid, venues=KRX, auction=self.auction, turnover=self.bar.worth
        )

    @cached_property
    def pre(self) -> Stretch:
        return self._around(Phase.PRE)

    @cached_property
    def after(self) -> Stretch:
        return self._around(Phase.AFTER)

    def stretches(self, minute: int = 24 * 60, venue: Venue = Venue.ALL) -> list[Stretch]:
        """What this venue's stretches had begun by this minute, earliest first."""
        begun = []
        if venue in self.pre.venues:
            begun.append(self.pre)
        if venue is not Venue.NXT and minute >= minute_of(self.sessions.regular.opens):
            begun.append(self.official)
        if minute > self.auction and venue in self.after.venues:
            begun.append(self.after)
        return begun

    @property
    def turnover(self) -> int:
        """What the official session is worth: its volume at the middle of the day's prices."""
        return self.bar.worth

    def sketch(self, phase: Phase) -> tuple[DayBar | None, Random]:
        """The bar of a session around the official one, and the dice its minutes go on with.

        ``None`` when the day has no such session or the share is too quiet. Cheap: no minutes are made.
        """
        window, _ = self._window(phase)
        start, aim, share = (
            (self.base, self.bar.open, PRE_SHARE)
            if phase is Phase.PRE
            else (self.bar.close, self.bar.close, AFTER_SHARE)
        )
        luck = dice(self.name, phase)
        volume = int(self.bar.volume * share * luck.uniform(0.5, 1.5))
        if window is None or self.bar.halted or not self.extended or volume < LEAST_AROUND:
            return None, luck
        ends = [start * exp(luck.gauss(0, 0.002)), (start + aim) / 2 * exp(luck.gauss(0, 0.004))]
        reach = exp(abs(luck.gauss(0, 0.004)))
        bottom, top = self.grid.limits(self.base)
        raw = (ends[0], max(ends) * reach, min(ends) / reach, ends[1])
        prices = [min(max(bottom, self.grid.snap(price)), top) for price in raw]
        return DayBar._make((self.bar.day, *prices, volume)), luck

    def _around(self, phase: Phase) -> Stretch:
        """A session outside the official one."""
        window, venues = self._window(phase)
        bar, luck = self.sketch(phase)
        if window is None or bar is None:
            return Stretch(self.name, phase, (), self.grid, venues=venues)
        minutes = range(minute_of(window.opens), minute_of(window.closes))
        quiet = session_minutes(bar, minutes, None, self.grid, luck)
        return Stretch(self.name, phase, quiet, self.grid, venues=venues, turnover=bar.worth)

    def _window(self, phase: Phase) -> tuple[Window | None, frozenset[Venue]]:
        """The hours of a session around the official one and who sees it; all see KRX's own."""
        found = [w for w in self.sessions.windows if w.phase is phase]
        if not found:
            return None, NXT
        both = Venue.KRX in {w.venue for w in found}
        whole = Window(found[0].venue, phase, min(w.opens for w in found), max(w.closes for w in found))
        if phase is Phase.AFTER and both:
            whole = next(w for w in found if w.venue is Venue.KRX)
        return whole, EVERYWHERE if both else NXT
