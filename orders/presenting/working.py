"""미체결: orders that wait, as a list that can change and cancel them."""

from dataclasses import dataclass
from functools import cached_property

from kiwoomweb.access.models import Account
from orders.presenting.words import Standing, standing, told_kind
from orders.selectors.working import WorkingLine, working
from orders.states import State

__all__ = ["WorkingPage"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its state in words."""

    line: WorkingLine
    standing: Standing

    @property
    def kind(self) -> str:
        """How it trades, in words."""
        return told_kind(self.line.label)


def _standing(line: WorkingLine) -> Standing:
    return standing(State.REPLACED if line.is_changed else line.state)


@dataclass
class WorkingPage:
    """Of one ``symbol``, or of all with a blank one. ``may_order``: the reader may change and cancel them."""

    account: Account
    symbol: str = ""
    may_order: bool = False

    @cached_property
    def lines(self) -> list[Shown]:
        return [Shown(line, _standing(line)) for line in working(self.account, self.symbol)]

    @property
    def count(self) -> int:
        """How many wait: an order that was changed waits as the new one."""
        return sum(not shown.line.is_changed for shown in self.lines)
