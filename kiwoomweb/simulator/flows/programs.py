"""Programs: baskets that machines trade (프로그램매매): a part of what institutions and foreigners trade.

차익 is arbitrage between shares and futures, done in the large shares of KOSPI; the rest is 비차익. Funds are
not counted, as the exchange does not count them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.flows.baskets import Group
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["NO_PROGRAM", "Habit", "Program", "Side", "added", "habit_of", "program_of"]


class Side(NamedTuple):
    """Shares and won, arbitrage and other."""

    arbitrage: int = 0
    other: int = 0
    arbitrage_won: int = 0
    other_won: int = 0

    @property
    def shares(self) -> int:
        return self.arbitrage + self.other

    @property
    def won(self) -> int:
        return self.arbitrage_won + self.other_won


@dataclass(frozen=True, slots=True)
class Program:
    """What programs bought and sold."""

    buys: Side
    sells: Side

    @property
    def net(self) -> int:
        """순매수 in shares."""
        return self.buys.shares - self.sells.shares

    @property
    def net_won(self) -> int:
        return self.buys.won - self.sells.won

    @property
    def figures(self) -> tuple[int, ...]:
        """Both sides as one row."""
        return (*self.buys, *self.sells)


NO_PROGRAM = Program(Side(), Side())


class Habit(NamedTuple):
    """Per mille of a share's day: programs in the group's trades, and arbitrage in them, on each side."""

    buys: int
    buys_arbitrage: int
    sells: int
    sells_arbitrage: int


def added(programs: Iterable[Program]) -> Program:
    """The programs of several shares or days as one."""
    rows = [one.figures for one in programs]
    if not rows:
        return NO_PROGRAM
    return of_figures([sum(column) for column in zip(*rows, strict=True)])


def of_figures(figures: "list[int] | tuple[int, ...]") -> Program:
    """The inverse of ``figures``."""
    return Program(Side(*figures[:4]), Side(*figures[4:]))


def habit_of(seed: int, about: Instrument, day: date) -> Habit | None:
    """``None`` for a fund."""
    return None if about.is_etf else _habit_of(seed, about, day)


@lru_cache(maxsize=2_048)
def _habit_of(seed: int, about: Instrument, day: date) -> Habit:
    luck = dice(seed, "program", about.code, day)
    large = about.market == "KOSPI" and class_of(about).margin == 20
    usual = luck.randrange(420, 720)
    return Habit(
        usual + luck.randrange(-80, 80),
        luck.randrange(5, 60) if large else 0,
        usual + luck.randrange(-80, 80),
        luck.randrange(5, 60) if large else 0,
    )


def program_of(habit: Habit | None, group: Group) -> Program:
    """The programs' part of what the group traded (so far): the same part of it all day long."""
    if habit is None:
        return NO_PROGRAM
    return Program(
        _side(group.bought, group.paid, habit.buys, habit.buys_arbitrage),
        _side(group.sold, group.received, habit.sells, habit.sells_arbitrage),
    )


def _side(shares: int, won: int, part: int, arbitrage: int) -> Side:
    counted, worth = shares * part // 1_000, won * part // 1_000
    share, share_won = counted * arbitrage // 1_000, worth * arbitrage // 1_000
    return Side(share, counted - share, share_won, worth - share_won)
