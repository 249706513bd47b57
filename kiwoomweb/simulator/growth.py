"""Growth: how a generated price walks from day to day, a year at a time.

A day's logarithmic return is the market's times beta, the sector's in part, the instrument's own luck with fat
tails, and a gentle pull towards the price it hovers around, so that decades of demo never end absurdly.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.prices import Grid
from kiwoomweb.simulator.products.fund_list import funds
from kiwoomweb.simulator.universe import Character
from kiwoomweb.simulator.weather import weather

__all__ = ["Temper", "grow"]

DAYS_A_YEAR = 245
MARKET_SD, SECTOR_SD = 0.0115, 0.0075
#: How strongly the price is drawn back each day: half of a deviation is gone after about seven months.
PULL = 0.005
#: One day in this many brings news: the own luck of the day is three times as large.
NEWS_EVERY = 60
#: Indices of whole markets: what moves all shares moves them, fashions hardly do.
BROAD = frozenset(("001", "101", "002", "003", "004", "201", "701"))


@dataclass(frozen=True, slots=True)
class Temper:
    """What drives one instrument: betas to market and sector, own daily sd, where it hovers, its price grid."""

    code: str
    anchor: int
    beta: float
    sector: str
    sector_beta: float
    own: float
    volume: int
    grid: Grid

    @classmethod
    def of_share(cls, code: str, sector: str, character: Character, grid: Grid) -> "Temper":
        """A share follows the market as its volatility suggests; a fund follows an index by construction."""
        if fund := funds().get(code):
            ways = (fund.beta, fund.source, fund.sector_beta, fund.own)
            return cls(code, character.price, *ways, character.volume, grid)
        daily = character.volatility / 100 / sqrt(DAYS_A_YEAR)
        beta = min(max(character.volatility / 34, 0.45), 1.4)
        part = 0.7 if sector else 0.0
        rest = daily**2 - (beta * MARKET_SD) ** 2 - (part * SECTOR_SD) ** 2
        own = sqrt(max(rest, (0.4 * daily) ** 2))
        return cls(code, character.price, beta, sector, part, own, character.volume, grid)

    @classmethod
    def of_index(cls, sector: str, level: int, grid: Grid) -> "Temper":
        whole = sector in BROAD
        beta = 1.15 if sector == "101" else 1.0
        return cls(sector, level * 100, beta, sector, 0.15 if whole else 0.9, 0.0012, 480_000, grid)


def grow(seed: int, temper: Temper, year: int, after: date, last: int | None) -> Iterator[DayBar]:
    """The bars of ``year`` later than ``after``, walking on from the close ``last`` (``None``: a beginning)."""
    luck = dice(seed, temper.code, year)
    skies = weather(seed, year)
    sector = skies.sector.get(temper.sector, skies.market)
    close = last or temper.grid.snap(temper.anchor * exp(luck.gauss(0, 0.2)))
    for day, market, fashion in zip(skies.days, skies.market, sector, strict=True):
        if day <= after:
            continue
        common = temper.beta * market + temper.sector_beta * fashion
        bar = _day(luck.random, temper, day, close, common)
        close = bar.close
        yield bar


def _day(chance: Callable[[], float], temper: Temper, day: date, base: int, common: float) -> DayBar:
    """One day. The bell curve is three dice, written out: this runs a quarter of a million times."""
    own = temper.own * 2 * (chance() + chance() + chance() - 1.5)
    if chance() * NEWS_EVERY < 1:
        own *= 3
    change = common + own + PULL * log(temper.anchor / base)
    sway = temper.own + 0.005
    opened = base * exp(0.35 * change + 0.6 * sway * (chance() + chance() + chance() - 1.5))
    closed = base * exp(change)
    high = max(opened, closed) * (1 + sway * chance() ** 2)
    low = min(opened, closed) * (1 - sway * chance() ** 2)
    busy = exp(0.84 * (chance() + chance() + chance() - 1.8) + min(14 * abs(change), 2.2))
    prices = _fitted(temper.grid, base, (opened, high, low, closed))
    return DayBar._make((day, *prices, max(int(temper.volume * busy), 200)))


def _fitted(grid: Grid, base: int, raw: tuple[float, float, float, float]) -> Iterable[int]:
    """The four prices on the grid and within the day's limits; the common case has one tick for all."""
    _, high, low, _ = raw
    tick = grid.tick(int(low))
    if tick == grid.tick(int(high)) and 0.72 * base < low and high < 1.28 * base:
        return [int(price) // tick * tick for price in raw]
    bottom, top = grid.limits(base)
    return [min(max(bottom, grid.snap(price)), top) for price in raw]
