"""Shorts: shares sold that were borrowed (공매도): a part of what foreigners and a few institutions sold."""

from datetime import date
from typing import NamedTuple

from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.flows.traded import Group, Investor, Traded
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["Short", "short_of"]

WHO: Group = (Investor.FOREIGN, Investor.DEALER, Investor.PRIVATE_FUND)


class Short(NamedTuple):
    """Shares sold short and what they brought in won."""

    shares: int
    won: int

    @property
    def average(self) -> int:
        """공매도평균가 in won, 0 while nothing was sold."""
        return self.won // self.shares if self.shares else 0


def short_of(seed: int, about: Instrument, day: date, traded: Traded) -> Short:
    """The short part of what was traded (so far): the same part of it all day long."""
    part = dice(seed, "short", about.code, day).randrange(20, 240)
    return Short(traded.sold(WHO) * part // 1_000, traded.received(WHO) * part // 1_000)
