"""Lending: shares that institutions lend one another (대차거래). The balance moves by new minus returned."""

from datetime import date
from random import Random
from typing import NamedTuple

from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.flows.foreigners import listed_shares
from kiwoomweb.simulator.flows.walks import Before, Row, Walk
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["NO_LENDING", "Lending", "LendingDay", "added"]

#: Per mille of the balance that changes hands on a usual day.
PACE = 14


class LendingDay(NamedTuple):
    """Shares lent and returned, the balance at the day's end, and its worth at the close in won."""

    lent: int
    returned: int
    balance: int
    worth: int

    @property
    def change(self) -> int:
        return self.lent - self.returned


NO_LENDING = LendingDay(0, 0, 0, 0)


def added(days: "list[LendingDay]") -> LendingDay:
    """Several shares' day as one."""
    return LendingDay(*map(sum, zip(*days, strict=True))) if days else NO_LENDING


class Lending:
    def __init__(self, market: Market) -> None:
        self._market = market
        self._walk = Walk(market, "lending", 4, self._step)
        self._usual: dict[str, int] = {}

    def on(self, code: str, day: date) -> LendingDay:
        """The figures of the last bar on or before ``day``."""
        row = self._walk.on(code, day)
        return LendingDay(*row) if row else NO_LENDING

    def _step(self, about: Instrument, bar: DayBar, before: Before, luck: Random) -> Row:
        usual = self._usual_balance(about)
        balance = before[2] if before else usual
        if bar.halted:
            return 0, 0, balance, balance * bar.close
        lent = int(usual * PACE * (2 * luck.random() ** 2 + 0.3)) // 1_000
        returned = min(int(balance * PACE * (2 * luck.random() ** 2 + 0.3)) // 1_000, balance)
        balance += lent - returned
        return lent, returned, balance, balance * bar.close

    def _usual_balance(self, about: Instrument) -> int:
        if about.code not in self._usual:
            part = dice("lending", about.code).randrange(3, 45) * (1 if about.market == "KOSDAQ" else 2)
            self._usual[about.code] = listed_shares(self._market, about) * part // 1_000
        return self._usual[about.code]
