"""The market of warrants: every trade of the underlying moves the warrant's price, minute by minute.

Within a day the days left and the volatility the market sees stand still, so the day's bar, its minutes and its
trades are all the same function of the underlying's: none can disagree. KRX only, 09:00-15:30.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from math import exp

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase, Sessions, previous_trading_day
from kiwoomweb.simulator.bars import DayBar, Series
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.daily import Daily
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.minutes import LEAST, MinuteBar
from kiwoomweb.simulator.prices import Grid
from kiwoomweb.simulator.products.black_scholes import value
from kiwoomweb.simulator.products.warrant import TICK, Warrant, on_tick
from kiwoomweb.simulator.products.warrant_list import WarrantList
from kiwoomweb.simulator.tape import KRX, Stretch, Tape
from kiwoomweb.simulator.universe import Universe

__all__ = ["WarrantMarket"]

PHASES = frozenset((Phase.OPENING_AUCTION, Phase.REGULAR, Phase.CLOSING_AUCTION))
#: Nobody trades less of a warrant in a day: each minute of the underlying is worth a trade.
LEAST_VOLUME = 4_000


class WarrantGrid(Grid):
    """Ticks of five won at any price, and no daily limit: bounds far beyond what a day can bring."""

    def __init__(self) -> None:
        super().__init__(lambda _: TICK)

    def down(self, price: int) -> int:
        """Below five won there is nothing to bid."""
        return price - TICK if price > TICK else 0

    def limits(self, base: int) -> tuple[int, int]:
        return TICK, max(base * 20, 10_000)


GRID = WarrantGrid()


class WarrantMarket(Market):
    """The warrants on the shares and indices of ``shares``."""

    def __init__(self, shares: Market) -> None:
        super().__init__(shares.seed)
        self.shares, self.overrides = shares, shares.overrides
        self.universe = Universe({}, {})
        self.listed = WarrantList(shares)
        self.daily = _WarrantDaily(self)
        self._known: dict[str, Warrant] = {}

    def find(self, code: str, day: date) -> Warrant | None:
        """The warrant of that code, if it is listed on the day or has ended shortly before."""
        found = self.listed.find(code, day)
        if found:
            self._known[code] = found
        return found

    def known(self, code: str) -> Warrant:
        """A warrant that somebody has found. Raises ``KeyError`` for others."""
        return self._known[code]

    def seen_volatility(self, one: Warrant, day: date) -> float:
        """What the market sees that day: the issuer's view, a little dearer, with moods of its own."""
        mood = dice(self.seed, "mood", one.underlying.code, day).gauss(0, 0.025)
        own = dice(self.seed, "mood", one.code, day).gauss(0, 0.015)
        return one.volatility * (1.01 + mood + own)

    def day_at(self, moment: datetime) -> date:
        day, today = moment.date(), self.sessions(moment.date())
        begun = today is not None and moment >= today.windows[0].opens
        return day if begun else previous_trading_day(day, self.overrides)

    def _sessions(self, day: date) -> Sessions | None:
        whole = super()._sessions(day)
        if whole is None:
            return None
        return Sessions(day, tuple(w for w in whole.windows if w.venue is Venue.KRX and w.phase in PHASES))

    def play_tape(self, code: str, day: date) -> Tape | None:
        one, hours = self.known(code), self.sessions(day)
        bar, source = self.daily.series(code, day).on(day), self.shares.tape(one.underlying.source, day)
        if hours is None or bar is None or source is None:
            return None
        price = self.pricer(one, day)
        return WarrantTape(self.seed, code, bar, self.base(code, day), hours, GRID, False, source, price)

    def pricer(self, one: Warrant, day: date) -> Callable[[int], int]:
        """The warrant's price of a price of the underlying's source, on that day; prices come back often."""
        option, volatility = one.option(day), self.seen_volatility(one, day)
        factor, ratio, known = one.underlying.factor, one.ratio, dict[int, int]()

        def price(level: int) -> int:
            if (found := known.get(level)) is None:
                found = known[level] = on_tick(value(option, level * factor, volatility) * ratio)
            return found

        return price


@dataclass(frozen=True, eq=False)
class WarrantTape(Tape):
    """A day of a warrant, made of the day of its underlying."""

    source: Tape | None = None
    price: Callable[[int], int] = int

    @cached_property
    def official(self) -> Stretch:
        bars, worth = self._bars(), self.bar.worth
        return Stretch(
            self.name, Phase.REGULAR, bars, self.grid, venues=KRX, auction=self.auction, turnover=worth
        )

    def _bars(self) -> Iterator[MinuteBar]:
        if self.source is None or self.bar.halted:
            return
        minutes = list(self.source.official)
        spare, whole = self.bar.volume - LEAST * len(minutes), sum(bar.volume for bar in minutes)
        passed = given = 0
        for bar in minutes:
            passed += bar.volume
            upto = spare * passed // whole
            volume, given = LEAST + upto - given, upto
            opened, high, low, close = (self.price(level) for level in bar[1:5])
            lean = bar.buys / bar.volume if bar.volume else 0.5
            lean = lean if high >= low else 1 - lean
            buys = volume * (lean > 0.5) if bar.minute == self.auction else 1 + int((volume - 2) * lean)
            yield MinuteBar(bar.minute, opened, max(high, low), min(high, low), close, volume, buys)


class _WarrantDaily(Daily):
    def __init__(self, market: WarrantMarket) -> None:
        super().__init__(market.seed, market.universe)
        self._market = market

    def series(self, code: str, through: date) -> Series:
        """From listing to the last trading day, but no further than the year of ``through``."""
        if self._grown.get(code, 0) < through.year:
            self._series[code], self._grown[code] = (
                self._life(self._market.known(code), through.year),
                through.year,
            )
        return self._series[code]

    def grid(self, code: str) -> Grid:
        return GRID

    def _life(self, one: Warrant, year: int) -> Series:
        lived, until = Series(), min(one.last_day, date(year, 12, 31))
        source = self._market.shares.daily.series(one.underlying.source, until)
        luck = dice(self.seed, "interest", one.code)
        usual = exp(luck.gauss(11.6, 1.1))
        for bar in reversed(list(takewhile(lambda bar: bar.day >= one.listed, source.back_from(until)))):
            lived.append(self._day(one, bar, usual))
        return lived

    def _day(self, one: Warrant, bar: DayBar, usual: float) -> DayBar:
        if bar.halted:
            return DayBar(bar.day, 0, 0, 0, self._market.pricer(one, bar.day)(bar.close), 0)
        opened, high, low, close = map(self._market.pricer(one, bar.day), bar[1:5])
        busy = exp(
            dice(self.seed, "busy", one.code, bar.day).gauss(0, 0.5) + 12 * abs(bar.close / bar.open - 1)
        )
        volume = max(int(usual * busy) // 10 * 10, LEAST_VOLUME)
        return DayBar(bar.day, opened, max(high, low), min(high, low), close, volume)
