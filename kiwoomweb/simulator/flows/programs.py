"""Programs: baskets that machines trade (프로그램매매): a part of what institutions and foreigners trade.

차익 is arbitrage between shares and futures, done in the large shares of KOSPI; the rest is 비차익. Funds are
not counted, as the exchange does not count them.
"""

from dataclasses import dataclass
from datetime import date

from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.flows.traded import FOREIGN, INSTITUTIONS, Traded
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["NO_PROGRAM", "Program", "Side", "added", "program_of"]

WHO = FOREIGN + INSTITUTIONS


@dataclass(frozen=True, slots=True)
class Side:
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

    def __add__(self, more: "Side") -> "Side":
        return Side(
            self.arbitrage + more.arbitrage,
            self.other + more.other,
            self.arbitrage_won + more.arbitrage_won,
            self.other_won + more.other_won,
        )


@dataclass(frozen=True, slots=True)
class Program:
    """What programs bought and sold."""

    buys: Side = Side()
    sells: Side = Side()

    @property
    def net(self) -> int:
        """순매수 in shares."""
        return self.buys.shares - self.sells.shares

    @property
    def net_won(self) -> int:
        return self.buys.won - self.sells.won

    @property
    def arbitrage_net(self) -> int:
        return self.buys.arbitrage - self.sells.arbitrage

    @property
    def arbitrage_net_won(self) -> int:
        return self.buys.arbitrage_won - self.sells.arbitrage_won

    @property
    def other_net(self) -> int:
        return self.buys.other - self.sells.other

    @property
    def other_net_won(self) -> int:
        return self.buys.other_won - self.sells.other_won

    def __add__(self, more: "Program") -> "Program":
        return Program(self.buys + more.buys, self.sells + more.sells)


NO_PROGRAM = Program()


def added(programs: "list[Program]") -> Program:
    """The programs of several shares or days as one."""
    return sum(programs, NO_PROGRAM)


def program_of(seed: int, about: Instrument, day: date, traded: Traded) -> Program:
    """The programs' part of what was traded (so far): the same part of it all day long."""
    if about.is_etf:
        return NO_PROGRAM
    luck = dice(seed, "program", about.code, day)
    large = about.market == "KOSPI" and class_of(about).margin == 20
    sides = []
    for all_shares, all_won in (
        (traded.bought(WHO), traded.paid(WHO)),
        (traded.sold(WHO), traded.received(WHO)),
    ):
        part, arbitrage = luck.randrange(350, 800), luck.randrange(5, 60) if large else 0
        shares, won = all_shares * part // 1_000, all_won * part // 1_000
        counted, worth = shares * arbitrage // 1_000, won * arbitrage // 1_000
        sides.append(Side(counted, shares - counted, worth, won - worth))
    return Program(*sides)
