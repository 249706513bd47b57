"""Credit: what people owe for shares bought on credit (융자) and the shares they borrowed to sell (대주).

Every day a part of the volume is bought on credit and a part of the balance is paid back; so a share's balance
follows its trading. There is none on a share without a credit class.
"""

from datetime import date
from random import Random
from typing import Literal, NamedTuple

from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.flows.walks import Before, Row, Walk
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["Credit", "CreditDay", "Kind"]

Kind = Literal["loan", "borrowed"]
#: Per thousand: of the volume that is new each day, and of the balance that is paid back.
PACE = {"loan": (70, 26), "borrowed": (4, 90)}


class CreditDay(NamedTuple):
    """Shares: new, repaid, and the balance at the day's end; ``won`` what the balance was taken up at."""

    new: int
    repaid: int
    balance: int
    won: int


NO_CREDIT = CreditDay(0, 0, 0, 0)


class Credit:
    def __init__(self, market: Market) -> None:
        self._walks = {
            "loan": Walk(market, "loan", 4, self._lent),
            "borrowed": Walk(market, "borrowed", 4, self._borrowed),
        }

    def on(self, code: str, day: date, kind: Kind) -> CreditDay:
        """The figures of the last bar on or before ``day``."""
        row = self._walks[kind].on(code, day)
        return CreditDay(*row) if row else NO_CREDIT

    def _lent(self, about: Instrument, bar: DayBar, before: Before, luck: Random) -> Row:
        return _step("loan", about, bar, before, luck)

    def _borrowed(self, about: Instrument, bar: DayBar, before: Before, luck: Random) -> Row:
        return _step("borrowed", about, bar, before, luck)


def _step(kind: Kind, about: Instrument, bar: DayBar, before: Before, luck: Random) -> Row:
    if not class_of(about).on_credit:
        return NO_CREDIT
    taken, returned = PACE[kind]
    *_, balance, won = before or _beginning(kind, bar)
    volume = 0 if bar.halted else bar.volume
    new = int(volume * taken * (0.4 + 1.2 * luck.random())) // 1_000
    repaid = min(int(balance * returned * (0.4 + 1.2 * luck.random())) // 1_000, volume)
    left = balance - repaid
    won = (won * left // balance if balance else 0) + new * bar.close
    return new, repaid, left + new, won


def _beginning(kind: Kind, bar: DayBar) -> CreditDay:
    """A balance that fits the pace, so that nobody sees it grow from nothing."""
    taken, returned = PACE[kind]
    balance = max(bar.volume, 0) * taken // returned
    return CreditDay(0, 0, balance, balance * max(bar.close, 0))
