"""Weather: what moves all shares together, day by day: the market's and each sector's return.

A pure function of (seed, year). Volatility and drift change in regimes of some weeks, as real markets do.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from kiwoomweb.broker.market_calendar import trading_days
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.universe import sectors

__all__ = ["EPOCH", "Weather", "weather"]

#: The generated market begins here: long enough for three-year charts, short enough to compute at once.
EPOCH = date(2023, 1, 2)

#: Regime -> (daily drift, daily volatility, how many trading days it lasts on average).
REGIMES = {"calm": (0.0007, 0.0075, 45), "lively": (0.0004, 0.0125, 30), "storm": (-0.0035, 0.0210, 12)}


@dataclass(frozen=True, slots=True)
class Weather:
    """One year: on ``days[i]`` the market returned ``market[i]``, a sector ``sector[code][i]`` (logs)."""

    days: tuple[date, ...]
    market: tuple[float, ...]
    sector: dict[str, tuple[float, ...]]


@lru_cache(maxsize=32)
def weather(seed: int, year: int) -> Weather:
    days = tuple(trading_days(max(EPOCH, date(year, 1, 1)), date(year, 12, 31)))
    market = _market(dice(seed, "market", year), len(days))
    own = {code: _sector(dice(seed, "sector", code, year), len(days)) for code in sectors()}
    return Weather(days, market, own)


def _market(luck: Random, count: int) -> tuple[float, ...]:
    returns: list[float] = []
    while len(returns) < count:
        drift, volatility, length = REGIMES[luck.choices(tuple(REGIMES), (5, 4, 1))[0]]
        for _ in range(1 + int(luck.expovariate(1 / length))):
            returns.append(drift + luck.gauss(0, volatility))
    return tuple(returns[:count])


def _sector(luck: Random, count: int) -> tuple[float, ...]:
    """A sector's own return on top of the market's; fashions last about a month."""
    returns: list[float] = []
    while len(returns) < count:
        fashion = luck.gauss(0, 0.0012)
        returns.extend(fashion + luck.gauss(0, 0.007) for _ in range(1 + int(luck.expovariate(1 / 22))))
    return tuple(returns[:count])
