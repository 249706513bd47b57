"""Members: the firms that carry orders to the exchange (거래원), and their parts of a day's volume.

Every share bought came through one firm and every share sold through one, so that both sides of all firms add
up to the volume. Which firms a share is traded through is its habit; who is in a hurry changes by the day.
"""

import csv
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kiwoomweb.broker.market_calendar import Phase
from kiwoomweb.simulator.bars import DayBar
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.flows.investors import priced
from kiwoomweb.simulator.flows.sharing import portions
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["Carried", "Member", "carried_by_firm", "firms"]

DATA = Path(__file__).parent.parent / "data" / "members.csv"


@dataclass(frozen=True, slots=True)
class Member:
    """회원사. ``weight`` is its usual share of the market in thousandths."""

    code: str
    name: str
    foreign: bool
    weight: int


@cache
def firms() -> Sequence[Member]:
    """Every firm, by code."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            Member(row["code"], row["name"], row["foreign"] == "1", int(row["weight"]))
            for row in csv.DictReader(file)
        )


@cache
def places() -> Mapping[str, int]:
    """Code of a firm -> its place in a row of figures."""
    return {firm.code: place for place, firm in enumerate(firms())}


class Carried:
    """One row of figures by firm: shares bought and sold, won paid and received, as in ``Traded``."""

    __slots__ = ("figures",)

    def __init__(self, figures: Sequence[int]) -> None:
        self.figures = figures

    def of(self, place: int) -> tuple[int, int, int, int]:
        """(bought, sold, paid, received) of one firm."""
        count = len(firms())
        bought, sold, paid, received = (self.figures[place + count * block] for block in range(4))
        return bought, sold, paid, received

    def bought(self) -> Sequence[int]:
        """Shares by firm."""
        return self.figures[: len(firms())]

    def sold(self) -> Sequence[int]:
        """Shares by firm."""
        return self.figures[len(firms()) : 2 * len(firms())]

    def foreign(self) -> tuple[int, int, int, int]:
        """(bought, sold, paid, received) of all foreign houses: 외국계."""
        rows = [self.of(place) for place, firm in enumerate(firms()) if firm.foreign]
        bought, sold, paid, received = (sum(column) for column in zip(*rows, strict=True))
        return bought, sold, paid, received


def carried_by_firm(seed: int, about: Instrument, bar: DayBar | None, phase: Phase) -> Carried:
    """Every firm's part of a session's whole volume and turnover."""
    count = len(firms())
    if bar is None or bar.volume <= 0:
        return Carried((0,) * (4 * count))
    luck = dice(seed, "firms", about.code, bar.day, phase)
    habit = _habit(about.code, about.market)
    buys, sells = (
        portions(bar.volume, [int(part * (0.3 + 2 * luck.random() ** 2)) for part in habit]) for _ in "bs"
    )
    prices = priced(bar, count, luck)
    paid, received = (
        portions(bar.worth, [part * price for part, price in zip(side, prices, strict=True)])
        for side in (buys, sells)
    )
    return Carried(array("q", (*buys, *sells, *paid, *received)))


@lru_cache(maxsize=1_024)
def _habit(code: str, market: str) -> tuple[int, ...]:
    """How much of a share usually goes through each firm; foreign houses keep to the large market."""
    luck = dice("firms", code)
    away = 60 if market == "KOSPI" else 25
    return tuple(
        1 + int(firm.weight * (away if firm.foreign else 100) * (0.25 + 1.5 * luck.random() ** 2))
        for firm in firms()
    )
