"""Investors: the buyers and sellers of one session by kind.

Each kind has its habit (share of the volume), its mood of about a week and its luck of the day. Foreigners' net
is given; the others share what remains. A kind's average price lies within the session's prices.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from random import Random
from zlib import crc32

from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.flows.sharing import portions
from kiwoomweb.simulator.flows.traded import NOTHING, Investor, Traded
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["priced", "traded_by_kind"]

#: Shares of the volume in ten-thousandths, in the order of ``Investor``.
HABITS = {
    "large": (4600, 3000, 620, 120, 380, 30, 25, 720, 260, 35, 170, 40),
    "middle": (6400, 1900, 420, 80, 280, 25, 18, 420, 230, 22, 170, 35),
    "small": (8300, 1000, 160, 20, 110, 14, 8, 90, 130, 8, 130, 30),
    "fund": (4200, 1500, 3600, 90, 140, 40, 60, 130, 90, 10, 120, 20),
    "around": (9300, 280, 130, 4, 40, 6, 3, 12, 60, 3, 120, 42),
}
#: How long a mood lasts, in days.
MOOD_DAYS = 8
FOREIGN = Investor.FOREIGN
FINE = 100_000


def traded_by_kind(seed: int, about: Instrument, bar: DayBar | None, phase: Phase, foreign_net: int) -> Traded:
    """Everybody's part of a session's whole volume and turnover."""
    if bar is None or bar.volume <= 0:
        return NOTHING
    luck = dice(seed, "who", about.code, bar.day, phase)
    habit = HABITS["around" if phase is not Phase.REGULAR else _size(about)]
    moods = _moods(seed, about.code, bar.day)
    buys, sells = _volumes(bar.volume, habit, moods, foreign_net, luck)
    prices = priced(bar, len(habit), luck)
    paid, received = (
        portions(bar.worth, [part * price for part, price in zip(side, prices, strict=True)])
        for side in (buys, sells)
    )
    return Traded((*buys, *sells, *paid, *received))


def _volumes(
    volume: int, habit: Sequence[int], moods: Sequence[float], foreign_net: int, luck: Random
) -> tuple[list[int], list[int]]:
    buying = [int(h * (0.55 + 0.9 * luck.random()) * (1 + m)) for h, m in zip(habit, moods, strict=True)]
    selling = [int(h * (0.55 + 0.9 * luck.random()) * (1 - m)) for h, m in zip(habit, moods, strict=True)]
    both_ways = min(volume * habit[FOREIGN] // 10_000, volume - abs(foreign_net))
    gross = int(both_ways * (0.7 + 0.3 * luck.random()))
    bought, sold = gross + max(foreign_net, 0), gross + max(-foreign_net, 0)
    return _with_foreigners(volume, buying, bought), _with_foreigners(volume, selling, sold)


def _with_foreigners(volume: int, weights: list[int], foreign: int) -> list[int]:
    """Foreigners' part as given, the rest cut by the others' weights."""
    weights[FOREIGN] = 0
    parts = portions(volume - foreign, weights)
    parts[FOREIGN] = foreign
    return parts


def priced(bar: DayBar, count: int, luck: Random) -> list[int]:
    """Average prices, relative to one another, that stay well within the bar."""
    middle = (bar.open + bar.high + bar.low + bar.close) / 4
    reach = 0.3 * min(bar.high - middle, middle - bar.low) / middle if middle else 0
    return [int(FINE * (1 + reach * (2 * luck.random() - 1))) for _ in range(count)]


def _size(about: Instrument) -> str:
    if about.is_etf:
        return "fund"
    return {20: "large", 30: "middle"}.get(class_of(about).margin, "small")


def _moods(seed: int, code: str, day: date) -> tuple[float, ...]:
    """How much each kind leans to buying these days, -0.4..0.4."""
    return _moods_of(seed, code, (day.toordinal() + crc32(code.encode())) // MOOD_DAYS)


@lru_cache(maxsize=4_096)
def _moods_of(seed: int, code: str, period: int) -> tuple[float, ...]:
    luck = dice(seed, "mood", code, period)
    return tuple(0.4 * (luck.random() + luck.random() - 1) for _ in Investor)
