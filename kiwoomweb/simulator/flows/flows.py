"""Flows: who traded in one market, by share and day, at any instant; everything counted once and kept a while.

Days that are over are whole; the day on the board has come as far as its trading; days to come hold nothing.
"""

from array import array
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.flows.credit import Credit, CreditDay, Kind
from kiwoomweb.simulator.flows.figures import PHASES_OF, DayFigures, Part, figures_of
from kiwoomweb.simulator.flows.foreigners import Foreigners, Holding
from kiwoomweb.simulator.flows.intraday import Course, HalfHour, half_hours
from kiwoomweb.simulator.flows.investors import traded_by_kind
from kiwoomweb.simulator.flows.lending import Lending
from kiwoomweb.simulator.flows.market_programs import Programs
from kiwoomweb.simulator.flows.members import Carried, carried_by_firm, firms
from kiwoomweb.simulator.flows.programs import Program
from kiwoomweb.simulator.flows.sharing import portions
from kiwoomweb.simulator.flows.shorts import Short, short_of
from kiwoomweb.simulator.flows.traded import FOREIGN, NOTHING, Traded, summed
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.printing import last_print

__all__ = ["Flows"]

#: Rows kept: days of single shares, whole periods of the market's shares, courses of today's. A period of years
#: is remembered with all its days, so only a few lists of the whole market are.
DAYS, PERIODS, COURSES = 6_000, 1_200, 480


class Flows:
    """Everything at an instant ``at``; ``day`` may be any day up to it."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.foreigners, self.credit, self.lending = Foreigners(market), Credit(market), Lending(market)
        self.programs = Programs(self)
        self._whole = lru_cache(maxsize=DAYS)(self._whole_day)
        self._past = lru_cache(maxsize=PERIODS)(self._past_period)
        self._course = lru_cache(maxsize=COURSES)(self._course_of)
        self._marks = lru_cache(maxsize=COURSES)(self._marks_of)
        self._now = lru_cache(maxsize=4 * COURSES)(self._day_so_far)
        self._firms = lru_cache(maxsize=3 * COURSES)(self._firms_of)
        self._firms_course = lru_cache(maxsize=COURSES)(self._firms_course_of)
        self._firms_past = lru_cache(maxsize=PERIODS // 4)(self._firms_past_period)

    # --- investors ----------------------------------------------------------------------------------------

    def traded(self, code: str, day: date, at: datetime, venue: Venue = Venue.KRX) -> Traded:
        """Who traded on ``day`` by ``at``."""
        board_day = self.market.day_at(at)
        if day > board_day:
            return NOTHING
        if day < board_day:
            return self._whole(code, day, venue)
        return self._now(code, at.replace(microsecond=0), venue)

    def period(self, code: str, days: Sequence[date], at: datetime, venue: Venue = Venue.KRX) -> Traded:
        """Who traded on these trading days (consecutive, newest first), the last one as far as it has come."""
        board_day = self.market.day_at(at)
        over = tuple(day for day in days if day < board_day)
        past = self._past(code, over, venue) if over else NOTHING
        return summed([past, self.traded(code, board_day, at, venue)]) if board_day in days else past

    def upto(self, code: str, moment: datetime, at: datetime, venue: Venue = Venue.KRX) -> Traded:
        """Who had traded by an earlier ``moment`` of the day on the board."""
        return self.traded(code, self.market.day_at(at), min(moment, at), venue) if moment <= at else NOTHING

    def whole(self, code: str, day: date, venue: Venue = Venue.KRX) -> Traded:
        """Who trades on a whole day, however far it has come."""
        return self._whole(code, day, venue)

    def stations(self, code: str, day: date, phase: Phase) -> Sequence[tuple[Part, Traded]]:
        """Marks of a session and who had traded by them, the last one its end."""
        if phase is not Phase.REGULAR:
            whole = figures_of(self.market, code, day).whole(phase)
            return [(whole, self._session(code, day, phase))]
        return [(mark.sofar, self._official(code, day, mark.sofar)) for mark in self._marks(code, day)]

    # --- parts of what investors traded -------------------------------------------------------------------

    def program(self, code: str, day: date, at: datetime, venue: Venue = Venue.KRX) -> Program:
        """The programs' part of what had been traded by ``at``."""
        return self.programs.share(code, day, at, venue)

    def short(self, code: str, day: date, at: datetime, venue: Venue = Venue.KRX) -> Short:
        about = self.market.universe.instruments[code]
        return short_of(self.market.seed, about, day, self.traded(code, day, at, venue))

    def holding(self, code: str, day: date, at: datetime) -> Holding:
        """Foreigners' holding at the end of ``day``, for the day on the board as it stands."""
        if day < self.market.day_at(at):
            return self.foreigners.holding(code, day)
        before = self.foreigners.holding_before(code, self.market.day_at(at))
        net = self.traded(code, self.market.day_at(at), at, Venue.ALL).net(FOREIGN)
        return before._replace(held=before.held + net)

    def settled(self, at: datetime, until: date | None = None) -> date:
        """The last trading day, up to ``until``, whose official session is over: loans are told for it."""
        end = self.market.day_at(at)
        for day in self.market.days_back(min(until or end, end)):
            hours = self.market.sessions(day)
            if hours is None or hours.closing_auction.closes <= at:
                return day
        raise AssertionError("days go back without end")

    def loans(self, code: str, day: date, at: datetime, kind: Kind = "loan") -> CreditDay:
        """A share's credit at the end of ``day``, or of the last day before whose session is over."""
        return self.credit.on(code, self.settled(at, day), kind)

    # --- firms --------------------------------------------------------------------------------------------

    def carried(self, code: str, day: date, at: datetime, venue: Venue = Venue.KRX) -> Carried:
        """Which firms carried the day's volume by ``at``."""
        board_day = self.market.day_at(at)
        if day > board_day:
            return Carried((0,) * (4 * len(firms())))
        if day < board_day:
            return _joined([self._firms(code, day, phase) for phase in PHASES_OF[venue]])
        parts = self.come(code, day, at)
        rows = []
        for phase in PHASES_OF[venue]:
            if phase is Phase.REGULAR and parts[phase].volume:
                rows.append(Carried(self._firms_course(code, day).sofar(parts[phase])))
            else:
                rows.append(Carried(_scaled(self._firms(code, day, phase).figures, parts[phase])))
        return _joined(rows)

    def carried_in(self, code: str, days: Sequence[date], at: datetime, venue: Venue = Venue.KRX) -> Carried:
        """The same over several trading days."""
        board_day = self.market.day_at(at)
        over = tuple(day for day in days if day < board_day)
        rows = [self._firms_past(code, over, venue)] if over else []
        if board_day in days or not rows:
            rows.append(self.carried(code, board_day if board_day in days else date.max, at, venue))
        return _joined(rows)

    # --- within -------------------------------------------------------------------------------------------

    def _whole_day(self, code: str, day: date, venue: Venue) -> Traded:
        figures = figures_of(self.market, code, day)
        return summed([self._split(code, day, phase, figures) for phase in PHASES_OF[venue]])

    def _session(self, code: str, day: date, phase: Phase) -> Traded:
        return self._split(code, day, phase, figures_of(self.market, code, day))

    def _split(self, code: str, day: date, phase: Phase, figures: DayFigures) -> Traded:
        """Everybody's part of a whole session."""
        about = self.market.universe.instruments[code]
        net = self.foreigners.net(code, day) if phase is Phase.REGULAR else 0
        return traded_by_kind(self.market.seed, about, figures.bar(phase), phase, net)

    def _past_period(self, code: str, days: tuple[date, ...], venue: Venue) -> Traded:
        return summed([self._whole(code, day, venue) for day in days])

    def _day_so_far(self, code: str, at: datetime, venue: Venue) -> Traded:
        day = self.market.day_at(at)
        parts = self.come(code, day, at)
        rows = []
        for phase in PHASES_OF[venue]:
            if not parts[phase].volume:
                continue
            if phase is Phase.REGULAR:
                rows.append(self._official(code, day, parts[phase]))
            else:
                rows.append(Traded(_scaled(self._session(code, day, phase).figures, parts[phase])))
        return summed(rows)

    def come(self, code: str, day: date, at: datetime) -> Mapping[Phase, Part]:
        """How far each session of the day on the board has come."""
        tape = self.market.tape(code, day)
        last = last_print(tape, at, Venue.ALL) if tape else None
        if last is None:
            return dict.fromkeys(PHASES_OF[Venue.ALL], Part(0, 0))
        return figures_of(self.market, code, day).come(last.volume, last.turnover)

    def _official(self, code: str, day: date, part: Part) -> Traded:
        return Traded(self._course(code, day).sofar(part)) if part.volume else NOTHING

    def _course_of(self, code: str, day: date) -> Course:
        figures = self._session(code, day, Phase.REGULAR).figures
        return Course(f"{self.market.seed}:{code}:{day}", self._marks(code, day), figures, 2)

    def _marks_of(self, code: str, day: date) -> Sequence[HalfHour]:
        tape = self.market.tape(code, day)
        return half_hours(tape) if tape else ()

    def _firms_of(self, code: str, day: date, phase: Phase) -> Carried:
        return self._carried_in_session(code, phase, figures_of(self.market, code, day))

    def _carried_in_session(self, code: str, phase: Phase, figures: DayFigures) -> Carried:
        about = self.market.universe.instruments[code]
        return carried_by_firm(self.market.seed, about, figures.bar(phase), phase)

    def _firms_course_of(self, code: str, day: date) -> Course:
        figures = self._firms(code, day, Phase.REGULAR).figures
        return Course(f"{self.market.seed}:{code}:{day}:firms", self._marks(code, day), figures, 2)

    def _firms_past_period(self, code: str, days: tuple[date, ...], venue: Venue) -> Carried:
        every = [figures_of(self.market, code, day) for day in days]
        return _joined(
            [self._carried_in_session(code, phase, one) for one in every for phase in PHASES_OF[venue]]
        )


def _scaled(figures: Sequence[int], part: Part) -> list[int]:
    """The figures of a session that has come to ``part``."""
    size = len(figures) // 4
    rows = [figures[start : start + size] for start in range(0, 4 * size, size)]
    return [
        figure
        for place, row in enumerate(rows)
        for figure in portions(part.volume if place < 2 else part.turnover, row)
    ]


def _joined(rows: Sequence[Carried]) -> Carried:
    if len(rows) == 1:
        return rows[0]
    return Carried(array("q", map(sum, zip(*(row.figures for row in rows), strict=True))))
