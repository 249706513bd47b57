"""Foreigners: how many shares they hold, day by day. The holding moves by exactly what they bought net.

Foreigners come in waves of some weeks, lean against what they hold too much of, and never hold more than the
law lets them. Their trades on NXT cancel out by the evening, so that a day's net is the same on every venue.
"""

from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.flows.walks import Before, Row, Walk
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Instrument, percent

__all__ = ["Foreigners", "Holding", "listed_shares"]

#: Sectors in which the law limits foreigners, in percent of the shares: telecoms and utilities.
LIMITED = {"020": 49, "017": 40}
#: No day's net is more of the volume than this.
MOST_NET = 0.12
#: Waves are kept in millionths.
SCALE = 1_000_000


class Holding(NamedTuple):
    """``limit`` 외국인한도; ``room`` 취득가능주식수; ``used`` 한도소진률 in percent."""

    held: int
    limit: int

    @property
    def room(self) -> int:
        return self.limit - self.held

    @property
    def used(self) -> Decimal:
        return percent(self.held, self.limit)


class Foreigners:
    def __init__(self, market: Market) -> None:
        self._market = market
        self._walk = Walk(market, "foreign", 3, self._step)
        self._terms: dict[str, tuple[int, float]] = {}

    def net(self, code: str, day: date) -> int:
        """Shares bought net on that very day; 0 on a day without a bar."""
        if self._market.daily.series(code, day).on(day) is None:
            return 0
        row = self._walk.on(code, day)
        return row[1] if row else 0

    def holding(self, code: str, day: date) -> Holding:
        """At the end of ``day``."""
        return self._holding(code, self._walk.on(code, day))

    def holding_before(self, code: str, day: date) -> Holding:
        """At the end of the day before."""
        return self._holding(code, self._walk.before(code, day))

    def _holding(self, code: str, row: Before) -> Holding:
        limit, habit = self._terms_of(self._market.universe.instruments[code])
        return Holding(row[0] if row else int(limit * habit), limit)

    def _step(self, about: Instrument, bar: DayBar, before: Before, luck: Random) -> Row:
        """(held, net, wave) of a day."""
        limit, habit = self._terms_of(about)
        held, _, wave = before or (int(limit * habit), 0, 0)
        wave = int(0.86 * wave + SCALE * 0.03 * (luck.random() + luck.random() - 1))
        share = wave / SCALE + 0.06 * (habit - held / limit) + 0.05 * (luck.random() - 0.5)
        share += 0.4 * (bar.close - bar.open) / bar.open if bar.open > 0 else 0
        net = 0 if bar.halted else int(bar.volume * min(max(share, -MOST_NET), MOST_NET))
        net = min(max(net, -held), limit - held)
        return held + net, net, wave

    def _terms_of(self, about: Instrument) -> tuple[int, float]:
        """(limit, the part of it they hover around)."""
        if about.code not in self._terms:
            shares = listed_shares(self._market, about)
            limit = max(shares * LIMITED.get(about.sector, 100) // 100, 1)
            self._terms[about.code] = limit, _habit(about)
        return self._terms[about.code]


def listed_shares(market: Market, about: Instrument) -> int:
    """상장주식수; for a share of a file of prices, which does not tell it, a number that fits its trading."""
    if about.shares:
        return about.shares
    series = market.daily.series(about.code, date.min)
    volumes = sorted(series[index].volume for index in range(min(len(series), 60)))
    usual = max(volumes[len(volumes) // 2] if volumes else 0, 1_000)
    return usual * dice("shares", about.code).randrange(150, 900) // 1_000 * 1_000


def _habit(about: Instrument) -> float:
    """The part of their limit that foreigners hover around."""
    luck = dice("foreign habit", about.code).random()
    if about.is_etf:
        return 0.01 + 0.04 * luck
    return 0.06 + 0.5 * luck if about.market == "KOSPI" else 0.02 + 0.2 * luck**2
