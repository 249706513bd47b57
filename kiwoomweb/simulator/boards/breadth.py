"""Breadth: how many of an index's members rose, fell or stood at a limit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kiwoomweb.simulator.boards.board import Line
from kiwoomweb.simulator.market_facts import percent

__all__ = ["Breadth", "breadth"]


@dataclass(frozen=True, slots=True)
class Breadth:
    """Numbers of shares. What stands at a limit is not counted as risen or fallen once more."""

    upper: int
    risen: int
    flat: int
    fallen: int
    lower: int
    traded: int

    @property
    def listed(self) -> int:
        return self.upper + self.risen + self.flat + self.fallen + self.lower

    @property
    def traded_rate(self) -> Decimal:
        return percent(self.traded, self.listed)


def breadth(lines: Iterable[Line]) -> Breadth:
    counted = Counter[str]()
    for line in lines:
        counted[_side(line)] += 1
        counted["traded"] += line.quote.volume > 0
    return Breadth(*(counted[name] for name in ("upper", "risen", "flat", "fallen", "lower", "traded")))


def _side(line: Line) -> str:
    quote = line.quote
    if not quote.change:
        return "flat"
    if quote.change > 0:
        return "upper" if quote.price == quote.upper_limit else "risen"
    return "lower" if quote.price == quote.lower_limit else "fallen"
