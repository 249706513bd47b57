"""The account's worth day by day, with what was paid in and out: the input of every return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

__all__ = ["Worth", "daily_returns"]


@dataclass(frozen=True, slots=True)
class Worth:
    """``value`` in won at the close of the day; ``paid_in`` and ``paid_out`` (both >= 0) during it.

    Securities moved in or out count as paid at their value.
    """

    day: date
    value: int
    paid_in: int = 0
    paid_out: int = 0

    @property
    def flow(self) -> int:
        return self.paid_in - self.paid_out


def daily_returns(days: Sequence[Worth]) -> list[tuple[date, float]]:
    """delta = (MV + Out) / (MV before + In) - 1 of each day after the first, oldest first.

    As Portfolio Performance counts. The first day only says what one begins with. A day with nothing at work
    (0 below the line) earns 0.
    """
    found = []
    for before, today in pairwise(days):
        base = before.value + today.paid_in
        found.append((today.day, (today.value + today.paid_out) / base - 1 if base > 0 else 0.0))
    return found
