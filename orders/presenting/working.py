"""미체결: orders that wait, as a list that can change and cancel them."""

from dataclasses import dataclass
from functools import cached_property

from kiwoomweb.access.models import Account
from orders.presenting.words import Standing, standing
from orders.selectors.working import WorkingLine, working

__all__ = ["WorkingPage"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its state in words."""

    line: WorkingLine
    standing: Standing


@dataclass
class WorkingPage:
    """Of one ``symbol``, or of all with a blank one. ``may_order``: the reader may change and cancel them."""

    account: Account
    symbol: str = ""
    may_order: bool = False

    @cached_property
    def lines(self) -> list[Shown]:
        return [Shown(line, standing(line.state)) for line in working(self.account, self.symbol)]
