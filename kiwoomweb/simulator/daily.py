"""The library of daily bars: every instrument's and index's days, computed only when somebody asks."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median, pstdev

from kiwoomweb.simulator.bars import DayBar, Series
from kiwoomweb.simulator.boards.membership import Membership
from kiwoomweb.simulator.boards.turnover import DayTotals
from kiwoomweb.simulator.growth import DAYS_A_YEAR, Temper, grow
from kiwoomweb.simulator.history import History
from kiwoomweb.simulator.prices import POINTS, Grid
from kiwoomweb.simulator.universe import Character, Universe, sectors
from kiwoomweb.simulator.weather import EPOCH

__all__ = ["Daily"]


class Daily:
    """Series by code: generated from the epoch or the listing on, real ones from the end of their file on."""

    def __init__(self, seed: int, universe: Universe, history: History | None = None) -> None:
        self.seed, self.universe, self.history = seed, universe, history
        self._series: dict[str, Series] = {}
        self._tempers: dict[str, Temper] = {}
        self._grown: dict[str, int] = {}
        self.membership = Membership(universe)
        self.totals = DayTotals(lambda sector: [one.code for one in self.membership.of(sector)], self.series)

    def series(self, code: str, through: date) -> Series:
        """All bars of the code at least up to ``through``; ``KeyError`` for a code nobody lists."""
        if code not in self._series:
            self._begin(code)
        while self._grown[code] < through.year:
            self._grow(code)
        return self._series[code]

    def rebase(self, code: str, day: date, by: Fraction) -> None:
        """Prices from ``day`` on are a ``by``-th of what they were to be, volumes ``by`` times as many."""
        series, grid = self.series(code, day), self.grid(code)
        for index in range(len(series)):
            if series.days[index] >= day:
                opened, high, low, close, volume = series[index][1:]
                prices = [max(grid.snap(float(price / by)), 1) for price in (opened, high, low, close)]
                series.put(index, DayBar._make((series.days[index], *prices, int(volume * by))))
        temper = self._tempers[code]
        self._tempers[code] = replace(temper, anchor=int(temper.anchor / by), volume=int(temper.volume * by))

    def rename(self, universe: Universe, code: str, successor: str) -> None:
        """A further code for the same series."""
        self.universe = universe
        self._tempers[successor] = self._tempers[code]
        self._series[successor] = self._series[code]
        self._grown[successor] = self._grown[code]

    def grid(self, code: str) -> Grid:
        return POINTS if code in sectors() else self.universe.grid(code)

    def _begin(self, code: str) -> None:
        real = self.history.series[code] if self.history and code not in sectors() else None
        self._tempers[code] = self._temper(code, real)
        self._series[code] = real or Series()
        # A file that ends in mid-year grows on within that year, from the file's last day.
        self._grown[code] = self.history.last.year - 1 if real and self.history else EPOCH.year - 1
        if real and self.history:
            self._grow(code)

    def _grow(self, code: str) -> None:
        series, year = self._series[code], self._grown[code] + 1
        last = series[len(series) - 1].close if series.days else None
        for bar in grow(self.seed, self._tempers[code], year, self._after(code), last):
            series.append(self._summed(code, bar) if code in sectors() else bar)
        self._grown[code] = year

    def _summed(self, sector: str, bar: DayBar) -> DayBar:
        """An index's day with its members' shares; the grown number where nobody belongs to it."""
        shares, _ = self.totals.on(sector, bar.day)
        return bar._replace(volume=shares) if shares else bar

    def _after(self, code: str) -> date:
        """The day after which this code's generated bars begin."""
        if code in sectors():
            return EPOCH - timedelta(days=1)
        if self.history:
            return self.history.last
        return max(self.universe.instruments[code].listed, EPOCH) - timedelta(days=1)

    def _temper(self, code: str, real: Series | None) -> Temper:
        if code in sectors():
            return Temper.of_index(code, sectors()[code].level, POINTS)
        instrument = self.universe.instruments[code]
        character = _character(real) if real else self.universe.characters[code]
        return Temper.of_share(code, instrument.sector, character, self.universe.grid(code))


def _character(real: Series) -> Character:
    """How a share of the file behaved in its last months, for the days after the file's end."""
    recent = [bar for bar, _ in zip(real.back_from(date.max), range(60), strict=False) if not bar.halted]
    closes = [bar.close for bar in recent]
    changes = [a / b - 1 for a, b in pairwise(closes)] or [0.02]
    volatility = int(100 * pstdev(changes) * DAYS_A_YEAR**0.5)
    volume = int(median(bar.volume for bar in recent)) if recent else 1_000
    price = closes[0] if closes else max(real[len(real) - 1].close, 1)
    return Character(price, min(max(volatility, 12), 90), max(volume, 200))
