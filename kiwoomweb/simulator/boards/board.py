"""The board: every instrument's quote at one instant, made once and read by whoever ranks, filters or sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.depth import depth_of
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Depth, Instrument, Quote
from kiwoomweb.simulator.quoting import quote_at

__all__ = ["LONGEST_PAST", "Board", "Line"]

#: Boards kept: pages and realtime looks of one instant ask for the same few.
KEPT = 8
#: Trading days a past goes back.
LONGEST_PAST = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One instrument and its quote."""

    about: Instrument
    quote: Quote

    @property
    def code(self) -> str:
        return self.about.code


class Board:
    """Quotes of the whole market at an instant: what every list of that instant reads."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self._made = lru_cache(maxsize=KEPT)(self._make)
        #: (market, day) -> 시가총액 of each share of the market at the close before the day, in won.
        self.caps = lru_cache(maxsize=8)(self._caps_of)

    def lines(self, at: datetime, venue: Venue = Venue.ALL) -> Sequence[Line]:
        """Every instrument by code."""
        return tuple(self._made(at, venue).values())

    def line(self, code: str, at: datetime, venue: Venue = Venue.ALL) -> Line | None:
        return self._made(at, venue).get(code)

    def members(self, sector: str, at: datetime, venue: Venue = Venue.KRX) -> Sequence[Line]:
        """The lines of an index's members, by code."""
        made = self._made(at, venue)
        return [made[one.code] for one in self.market.daily.membership.of(sector)]

    def book(self, line: Line) -> Depth:
        return depth_of(self.market, line.quote)

    def day(self, at: datetime) -> date:
        """The trading day whose prices are on the board."""
        return self.market.day_at(at)

    def minutes_ago(self, at: datetime, minutes: int) -> datetime | None:
        """That many minutes of trading back on the board's day; ``None`` when the day had not begun by then.

        Over night and at weekends the board stands at the end of its day.
        """
        hours = self.market.sessions(self.day(at))
        if hours is None:
            return None
        then = min(at, hours.closes) - timedelta(minutes=minutes)
        return then if then >= hours.opens else None

    def _caps_of(self, market: str, day: date) -> Mapping[str, int]:
        closes = ((one, self.market.close_before(one.code, day)) for one in self._listed(market))
        return {one.code: one.shares * bar.close for one, bar in closes if bar}

    def _listed(self, market: str) -> Sequence[Instrument]:
        return [one for one in self.market.universe.instruments.values() if one.market == market]

    def past(self, code: str, at: datetime, count: int) -> Sequence[DayBar]:
        """Up to ``count`` (at most 300) official days before the board's day that traded, newest first."""
        day, most = self.day(at), min(count, LONGEST_PAST)
        series = self.market.daily.series(code, day)
        found: list[DayBar] = []
        for bar in series.back_from(day - timedelta(days=1)):
            if len(found) == most:
                break
            if not bar.halted:
                found.append(bar)
        return tuple(found)

    def _make(self, at: datetime, venue: Venue) -> Mapping[str, Line]:
        market = self.market
        return {
            code: Line(about, quote_at(market, code, at, venue))
            for code, about in market.universe.instruments.items()
        }
