"""What a fund is worth: its net asset value (NAV) from its index, its price beside it, and how well it follows.

A day's NAV moves with the index times the fund's multiple; overnight a part of the distance to the price is
made up for, as issuers and redeemers do, so that price and NAV never part for long. That part is the fund's
tracking error, too. Within a day the same formula holds with the index as it stands.
"""

from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import exp, log, sqrt
from typing import overload

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.bars import DayBar, Series
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.growth import DAYS_A_YEAR
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.products.fund_list import Fund, funds
from kiwoomweb.simulator.products.index_levels import HUNDREDTHS, KOSDAQ150
from kiwoomweb.simulator.quoting import quote_at
from kiwoomweb.simulator.universe import sectors

__all__ = ["FundDay", "FundValue", "FundValues"]

#: The part of the distance between price and NAV that is made up for overnight.
CLOSING_IN = 0.3
#: An index that is read off a fund's price is a little calmer or wilder than it.
READING_SD = 0.0004
#: Days a tracking error looks back on.
WINDOW = 60
#: Books kept: those of each fund for the day on the board, and as many others.
BOOKS = 64


@dataclass(frozen=True, slots=True)
class FundValue:
    """A fund at one instant: won per share, index levels in points; ``…_before`` is the close before."""

    price: int
    nav: float
    nav_before: float
    index: float
    index_before: float
    multiple: int
    tracking_error: float

    @property
    def nav_rate(self) -> float:
        """NAV 등락율 in percent."""
        return (self.nav / self.nav_before - 1) * 100

    @property
    def index_rate(self) -> float:
        """The index's change in percent."""
        return (self.index / self.index_before - 1) * 100

    @property
    def disparity(self) -> float:
        """NAV/ETF 괴리율: how much dearer the price is than the NAV, in percent."""
        return (self.price / self.nav - 1) * 100

    @property
    def index_disparity(self) -> float:
        """NAV/지수 괴리율: how much further the NAV has come today than the index times the multiple."""
        return self.nav_rate - self.multiple * self.index_rate


@dataclass(frozen=True, slots=True)
class FundDay:
    """A day that is over."""

    bar: DayBar
    value: FundValue


class Books(Sequence[FundDay]):
    """A fund's days, oldest first; what cannot be read off the bars is kept in plain arrays."""

    def __init__(self, multiple: int) -> None:
        self._multiple = multiple
        self._bars = Series()
        self._navs, self._indices, self._errors = array("d"), array("d"), array("d")

    def enter(self, bar: DayBar, value: FundValue) -> None:
        self._bars.append(bar)
        self._navs.append(value.nav)
        self._indices.append(value.index)
        self._errors.append(value.tracking_error)

    def __len__(self) -> int:
        return len(self._bars)

    @overload
    def __getitem__(self, index: int) -> FundDay: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FundDay]: ...
    def __getitem__(self, index: int | slice) -> FundDay | Sequence[FundDay]:
        places = range(len(self))[index]
        return self._on(places) if isinstance(places, int) else [self._on(place) for place in places]

    def _on(self, place: int) -> FundDay:
        bar, before = self._bars[place], max(place - 1, 0)
        value = FundValue(
            bar.close,
            self._navs[place],
            self._navs[before],
            self._indices[place],
            self._indices[before],
            self._multiple,
            self._errors[place],
        )
        return FundDay(bar, value)


class FundValues:
    def __init__(self, market: Market) -> None:
        self._market = market
        self.days = lru_cache(maxsize=BOOKS)(self._days)

    def fund(self, code: str) -> Fund | None:
        """The fund, where this market lists it and whatever stands for its index."""
        found = funds().get(code)
        listed = self._market.universe.instruments
        known = found and code in listed and (found.level or found.source in sectors())
        return found if known else None

    def at(self, fund: Fund, price: int, level: int, day: date) -> FundValue:
        """With the fund's price and its source's level at some moment of that day."""
        index, past = self._index(fund, level, day), self.days(fund.code, day)
        if not past:
            return _beginning(fund, price, index)
        return self._value(fund, past[-1], price, index)

    def now(self, fund: Fund, moment: datetime, venue: Venue = Venue.KRX) -> FundValue:
        """With the venue's last price."""
        price = quote_at(self._market, fund.code, moment, venue).price
        return self.at(fund, price, self.level(fund, moment), self._market.day_at(moment))

    def level(self, fund: Fund, moment: datetime) -> int:
        """The source's level, which stands still once the official session is over."""
        hours = self._market.sessions(self._market.day_at(moment))
        until = min(moment, hours.closing_auction.closes) if hours else moment
        return quote_at(self._market, self._source(fund), until, Venue.KRX).price

    def levels(self, fund: Fund, day: date) -> dict[int, int]:
        """Minute -> the source's level as that minute of the day ends."""
        tape = self._market.tape(self._source(fund), day)
        return {bar.minute: bar.close for bar in tape.official} if tape else {}

    def _days(self, code: str, before: date) -> Sequence[FundDay]:
        """Every day before that one, oldest first; the first day stands as it opened the books."""
        fund = funds()[code]
        series = self._market.daily.series(code, before)
        source = self._market.daily.series(self._source(fund), before)
        days = Books(fund.multiple)
        gaps: deque[float] = deque(maxlen=WINDOW)
        for bar in reversed(list(series.back_from(before))):
            mate = source.on(bar.day)
            if mate is None or bar.day >= before:
                continue
            index = self._index(fund, mate.close, bar.day)
            if not days:
                first = FundValue(
                    bar.close, float(bar.close), float(bar.close), index, index, fund.multiple, 0.0
                )
                days.enter(bar, first)
                continue
            last = days[-1]
            gaps.append(log(last.bar.close / last.value.nav) * CLOSING_IN)
            days.enter(bar, self._value(fund, last, bar.close, index, _error(gaps)))
        return days

    def _value(
        self, fund: Fund, before: FundDay, price: int, index: float, error: float | None = None
    ) -> FundValue:
        last = before.value
        moved = 1 + fund.multiple * (index / last.index - 1)
        nav = last.nav * moved * (before.bar.close / last.nav) ** CLOSING_IN
        known = last.tracking_error if error is None else error
        return FundValue(price, nav, last.nav, index, last.index, fund.multiple, known)

    def _index(self, fund: Fund, level: int, day: date) -> float:
        if not fund.level:
            return level * HUNDREDTHS * (KOSDAQ150 if fund.source == "101" else 1)
        source = self._source(fund)
        character = self._market.universe.characters.get(source)
        usual = character.price if character else level
        reading = dice(self._market.seed, "reading", fund.index_code, day).gauss(0, READING_SD)
        return fund.level * level / usual * exp(reading)

    def _source(self, fund: Fund) -> str:
        """Whose prices stand for the index; a fund stands for its own where its usual source is not listed."""
        listed = self._market.universe.instruments
        return fund.source if not fund.level or fund.source in listed else fund.code


def _beginning(fund: Fund, price: int, index: float) -> FundValue:
    """The first day: the books open at the price."""
    return FundValue(price, float(price), float(price), index, index, fund.multiple, 0.0)


def _error(gaps: Sequence[float]) -> float:
    """추적오차율: how unsteadily the NAV has followed, in percent a year, from what each day made up for."""
    count = len(gaps)
    if count < 2:
        return 0.0
    spread = sum(gap * gap for gap in gaps) / count - (sum(gaps) / count) ** 2
    return sqrt(max(spread, 0.0) * DAYS_A_YEAR) * 100
