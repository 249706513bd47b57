"""The gold market (KRX 금현물): two instruments, KRX's hours alone, prices that follow the world's.

It is a ``Market`` like that of shares, so quotes, books, ticks, bars and matching are the same machinery.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import exp
from types import MappingProxyType

from kiwoomweb.broker.domain import SEOUL, Venue
from kiwoomweb.broker.market_calendar import Phase, Sessions, previous_trading_day, trading_days
from kiwoomweb.simulator.bars import DayBar, Series
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.daily import Daily
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.prices import Grid
from kiwoomweb.simulator.products.world_gold import WorldGold
from kiwoomweb.simulator.tape import Tape
from kiwoomweb.simulator.universe import Universe
from kiwoomweb.simulator.weather import EPOCH

__all__ = ["BAR", "GOLD", "MINI", "GoldMarket"]

#: 금 99.99_1kg and 미니금 99.99_100g; both trade by the gram.
BAR, MINI = "M04020000", "M04020100"
#: 호가단위 10 won, 가격제한폭 10 % (KRX gold market).
GOLD = Grid(lambda _: 10, limit=10)
PHASES = frozenset((Phase.OPENING_AUCTION, Phase.REGULAR, Phase.CLOSING_AUCTION))
#: Grams a day, and how much dearer than the world's price a gram is on average.
VOLUMES: Mapping[str, int] = MappingProxyType({BAR: 420_000, MINI: 36_000})
#: Moments whose price in won is kept: the opens and closes of four years.
MOMENTS = 2_048
PREMIUMS: Mapping[str, float] = MappingProxyType({BAR: 0.004, MINI: 0.007})
PREMIUM_SD, PREMIUM_LEFT = 0.0016, 0.9


class GoldMarket(Market):
    """The gold market beside ``shares``: same seed, same holidays."""

    def __init__(self, shares: Market) -> None:
        super().__init__(shares.seed)
        self.overrides = shares.overrides
        self.world = WorldGold(self.seed)
        self.universe = Universe({one.code: one for one in _listed()}, {})
        self.daily = _GoldDaily(self)

    def day_at(self, moment: datetime) -> date:
        """A gold day begins with its opening auction: nothing trades before it elsewhere."""
        day, today = moment.date(), self.sessions(moment.date())
        begun = today is not None and moment >= today.windows[0].opens
        return day if begun else previous_trading_day(day, self.overrides)

    def _sessions(self, day: date) -> Sessions | None:
        whole = super()._sessions(day)
        if whole is None:
            return None
        windows = (w for w in whole.windows if w.venue is Venue.KRX and w.phase in PHASES)
        return Sessions(day, tuple(windows))

    def play_tape(self, code: str, day: date) -> Tape | None:
        hours, bar = self.sessions(day), self.daily.series(code, day).on(day)
        if hours is None or bar is None:
            return None
        return Tape(self.seed, code, bar, self.base(code, day), hours, GOLD, extended=False)


class _GoldDaily(Daily):
    """Daily bars made from the world's price at the open and at the close, and a premium of Seoul's own."""

    def __init__(self, market: GoldMarket) -> None:
        super().__init__(market.seed, market.universe)
        self._market = market
        self._premiums = dict.fromkeys(PREMIUMS, 0.0)
        #: Both sizes of bar open and close at the same moments.
        self._gram = lru_cache(maxsize=MOMENTS)(market.world.gram)

    def grid(self, code: str) -> Grid:
        return GOLD

    def _begin(self, code: str) -> None:
        if code not in VOLUMES:
            raise KeyError(code)
        self._series[code], self._grown[code] = Series(), EPOCH.year - 1

    def _grow(self, code: str) -> None:
        series, year = self._series[code], self._grown[code] + 1
        for day in trading_days(max(EPOCH, date(year, 1, 1)), date(year, 12, 31), self._market.overrides):
            last = series[len(series) - 1].close if series.days else None
            series.append(self._day(code, day, last))
        self._grown[code] = year

    def _day(self, code: str, day: date, last: int | None) -> DayBar:
        luck = dice(self.seed, code, day)
        before = self._premiums[code]
        self._premiums[code] = after = PREMIUM_LEFT * before + luck.gauss(0, PREMIUM_SD)
        opened = self._worth(day, time(9), PREMIUMS[code] + before)
        closed = self._worth(day, time(15, 30), PREMIUMS[code] + after)
        high = max(opened, closed) * (1 + 0.004 * luck.random() ** 2)
        low = min(opened, closed) * (1 - 0.004 * luck.random() ** 2)
        bottom, top = GOLD.limits(last or int(opened))
        prices = [min(max(bottom, GOLD.snap(price)), top) for price in (opened, high, low, closed)]
        busy = exp(luck.gauss(0, 0.35) + 18 * abs(closed / (last or closed) - 1))
        return DayBar._make((day, *prices, int(VOLUMES[code] * min(busy, 5.0))))

    def _worth(self, day: date, at: time, premium: float) -> float:
        moment = datetime.combine(day, at, SEOUL)
        return self._gram(moment) * (1 + premium)


def _listed() -> tuple[Instrument, ...]:
    opened = date(2014, 3, 24)

    def one(code: str, name: str, name_en: str, listed: date) -> Instrument:
        return Instrument(code, name, name_en, "GOLD", "금현물", listed, 0, 0, "", "금현물")

    return (
        one(BAR, "금 99.99_1kg", "Gold 99.99 1kg", opened),
        one(MINI, "미니금 99.99_100g", "Gold 99.99 100g", opened + timedelta(days=1_694)),
    )
