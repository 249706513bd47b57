"""Market programs: programs of single shares and of whole markets, at an instant, by minute and by day.

A market's figures are the sums of its shares' (KOSPI or KOSDAQ, without funds).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import add
from typing import Protocol

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.flows.baskets import NOBODY, Group, GroupCourse, group_of, minute_parts
from kiwoomweb.simulator.flows.figures import PHASES_OF, Part, figures_of
from kiwoomweb.simulator.flows.programs import Program, added, habit_of, of_figures, program_of
from kiwoomweb.simulator.flows.traded import Traded
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.printing import minute_start
from kiwoomweb.simulator.tape import Tape, minute_of

__all__ = ["Minute", "Programs"]

#: Kept: days of markets, instants of today, minutes of a market's day, courses of shares.
DAYS, INSTANTS, TABLES, COURSES = 1_024, 64, 6, 480

#: When, how many shares had traded, and the programs' part of it.
Minute = tuple[datetime, int, Program]


class Teller(Protocol):
    """Who knows who traded."""

    market: Market

    def traded(self, code: str, day: date, at: datetime, venue: Venue) -> Traded:
        """By ``at``."""

    def whole(self, code: str, day: date, venue: Venue) -> Traded:
        """The whole day."""

    def come(self, code: str, day: date, at: datetime) -> Mapping[Phase, Part]:
        """How far each session of the day on the board has come."""

    def stations(self, code: str, day: date, phase: Phase) -> Sequence[tuple[Part, Traded]]:
        """Marks of a session and who had traded by them, the last one its end."""


class Programs:
    def __init__(self, teller: Teller) -> None:
        self._teller, self._market = teller, teller.market
        self._day_over = lru_cache(maxsize=DAYS)(self._day_of_market)
        self._instant = lru_cache(maxsize=INSTANTS)(self._market_so_far)
        self._tables: dict[tuple[str, date, Venue], Sequence[tuple[datetime, Program]]] = {}
        self._group_course = lru_cache(maxsize=COURSES)(self._group_course_of)

    def share(self, code: str, day: date, at: datetime, venue: Venue = Venue.KRX) -> Program:
        """One share's programs of ``day`` by ``at``."""
        about, board_day = self._market.universe.instruments[code], self._market.day_at(at)
        habit = habit_of(self._market.seed, about, day)
        if habit is None or day > board_day:
            return program_of(None, NOBODY)
        if day < board_day:
            return program_of(habit, group_of(self._teller.traded(code, day, at, venue)))
        return program_of(habit, self._group(code, day, self._teller.come(code, day, at), venue))

    def market(self, market: str, day: date, at: datetime, venue: Venue = Venue.KRX) -> Program:
        """The programs of all shares of a market."""
        if day < self._market.day_at(at):
            return self._day_over(market, day, venue)
        return self._instant(market, day, at.replace(microsecond=0), venue)

    def minutes(
        self, market: str, day: date, at: datetime, venue: Venue = Venue.KRX
    ) -> Sequence[tuple[datetime, Program]]:
        """A market's programs by the end of each minute that has passed, oldest first."""
        for _ in self.lay_out(market, day, venue, kept=day == self._market.day_at(at)):
            pass
        return [row for row in self._tables[market, day, venue] if row[0] <= at]

    def lay_out(self, market: str, day: date, venue: Venue, *, kept: bool = True) -> Iterator[None]:
        """Make the minutes of a market's day a share at a time, unless they are known; the last few are."""
        if (market, day, venue) in self._tables:
            return
        minutes = self._axis(day, venue)
        sums = [[0] * 8 for _ in minutes]
        for one in self._shares(market):
            habit = habit_of(self._market.seed, one, day)
            tape = self._tape(one.code, day, kept=kept)
            for place, (_, group) in enumerate(self._share_minutes(tape, venue, minutes)):
                sums[place] = list(map(add, sums[place], program_of(habit, group).figures))
            yield
        rows = zip(minutes, sums, strict=True)
        while len(self._tables) >= TABLES:
            del self._tables[next(iter(self._tables))]
        self._tables[market, day, venue] = [(minute_start(day, at), of_figures(row)) for at, row in rows]

    def share_minutes(self, code: str, day: date, at: datetime, venue: Venue) -> Sequence[Minute]:
        """One share's, with the volume by then."""
        habit = habit_of(self._market.seed, self._market.universe.instruments[code], day)
        minutes = self._axis(day, venue)
        tape = self._tape(code, day, kept=day == self._market.day_at(at))
        rows = zip(minutes, self._share_minutes(tape, venue, minutes), strict=True)
        return [
            (moment, volume, program_of(habit, group))
            for minute, (volume, group) in rows
            if (moment := minute_start(day, minute)) <= at
        ]

    # --- within -------------------------------------------------------------------------------------------

    def _shares(self, market: str) -> Sequence[Instrument]:
        return [one for one in self._market.universe.instruments.values() if one.market == market]

    def _day_of_market(self, market: str, day: date, venue: Venue) -> Program:
        rows = []
        for one in self._shares(market):
            traded = self._teller.whole(one.code, day, venue)
            rows.append(program_of(habit_of(self._market.seed, one, day), group_of(traded)))
        return added(rows)

    def _market_so_far(self, market: str, day: date, at: datetime, venue: Venue) -> Program:
        return added(self.share(one.code, day, at, venue) for one in self._shares(market))

    def _axis(self, day: date, venue: Venue) -> range:
        """The minutes of the venue's day, since midnight."""
        hours = self._market.sessions(day)
        if hours is None:
            return range(0)
        start, end = (
            (hours.regular.opens, hours.closing_auction.closes)
            if venue is Venue.KRX
            else (hours.opens, hours.closes)
        )
        return range(minute_of(start) + 1, minute_of(end) + 1)

    def _share_minutes(self, tape: Tape | None, venue: Venue, minutes: range) -> Sequence[tuple[int, Group]]:
        """(volume, the group's figures) by each minute."""
        if tape is None or tape.bar.halted:
            return [(0, NOBODY)] * len(minutes)
        stretches = {Phase.PRE: tape.pre, Phase.REGULAR: tape.official, Phase.AFTER: tape.after}
        volumes, groups = [0] * len(minutes), [NOBODY] * len(minutes)
        for phase in PHASES_OF[venue]:
            if not len(stretches[phase]):
                continue
            course = self._group_course(tape.code, tape.bar.day, phase)
            for place, part in enumerate(minute_parts(stretches[phase], minutes)):
                if part.volume:
                    volumes[place] += part.volume
                    groups[place] = groups[place].plus(course.sofar(part))
        return list(zip(volumes, groups, strict=True))

    def _tape(self, code: str, day: date, *, kept: bool) -> Tape | None:
        """The tape of the board's day is kept by the market; one of the past is made for once."""
        return self._market.tape(code, day) if kept else figures_of(self._market, code, day).tape

    def _group(self, code: str, day: date, come: Mapping[Phase, Part], venue: Venue) -> Group:
        group = NOBODY
        for phase in PHASES_OF[venue]:
            if come[phase].volume:
                group = group.plus(self._group_course(code, day, phase).sofar(come[phase]))
        return group

    def _group_course_of(self, code: str, day: date, phase: Phase) -> GroupCourse:
        stations = self._teller.stations(code, day, phase)
        return GroupCourse([part for part, _ in stations], [group_of(traded) for _, traded in stations])
