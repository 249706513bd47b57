"""Intraday: how a day's buyers and sellers came about, half an hour at a time.

The half hours of the official session add up to the day, the kinds of a half hour to its volume. Within a half
hour everybody trades in proportion, so no figure ever falls.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from operator import add, sub
from typing import NamedTuple

from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.flows.figures import Part
from kiwoomweb.simulator.flows.sharing import portions, spread
from kiwoomweb.simulator.printing import VOLUME, turnover_upto
from kiwoomweb.simulator.tape import Tape, minute_of

__all__ = ["Course", "HalfHour", "half_hours"]

STEP = 30
UNREST = 1.2


class HalfHour(NamedTuple):
    """``ends`` a boundary of the official session, and the session's totals by then."""

    ends: datetime
    sofar: Part


def half_hours(tape: Tape) -> list[HalfHour]:
    """The boundaries of the official session, the last one its closing auction."""
    opens, stretch = tape.sessions.regular.opens, tape.official
    volumes = [0, *accumulate(stretch.column(VOLUME, len(stretch)))]
    found = []
    for minute in range(minute_of(opens) + STEP, tape.auction, STEP):
        upto = stretch.upto(minute - 1)
        found.append(HalfHour(_at(opens, minute), Part(volumes[upto], turnover_upto(stretch, upto))))
    whole = Part(tape.bar.volume, tape.turnover)
    return [*found, HalfHour(_at(opens, tape.auction), whole)]


def _at(opens: datetime, minute: int) -> datetime:
    return opens + timedelta(minutes=minute - minute_of(opens))


class Course:
    """The way of one day's rows of figures through its half hours.

    ``rows``: the day's figures as equal-sized groups, the first ``sides`` of them summing to its volume (shares
    bought, shares sold), the next ``sides`` to its turnover.
    """

    def __init__(self, name: str, marks: Sequence[HalfHour], figures: Sequence[int], sides: int) -> None:
        self._size, self._sides = len(figures) // (2 * sides), sides
        self._upto = [Part(0, 0), *(mark.sofar for mark in marks)]
        self._volumes = [part.volume for part in self._upto]
        #: The day's figures by each boundary; what is between two of them was traded in that half hour.
        self._by = self._running(self._laid_out(name, figures))

    def sofar(self, part: Part) -> list[int]:
        """The figures when the session has come to ``part``."""
        index = min(max(bisect_left(self._volumes, part.volume) - 1, 0), len(self._by) - 2)
        begun, before = self._upto[index], self._by[index]
        step = array("q", map(sub, self._by[index + 1], before))
        shares, won = part.volume - begun.volume, part.turnover - begun.turnover
        size, half = self._size, self._size * self._sides
        moved: list[int] = []
        for start in range(0, 2 * half, size):
            moved += portions(shares if start < half else won, step[start : start + size])
        return list(map(add, before, moved))

    def _laid_out(self, name: str, figures: Sequence[int]) -> Iterator["array[int]"]:
        """The figures of each half hour."""
        size, half, luck = self._size, self._size * self._sides, dice(name, "course")
        shares = [after.volume - before.volume for before, after in pairwise(self._upto)]
        won = [after.turnover - before.turnover for before, after in pairwise(self._upto)]
        sides = []
        for start in range(0, half, size):
            counts = spread(figures[start : start + size], shares, luck, UNREST)
            worths = _worths(figures[half + start : half + start + size], counts, won)
            sides.append((counts, worths))
        for index in range(len(shares)):
            step = array("q")
            for which in (0, 1):
                for side in sides:
                    step.extend(side[which][index])
            yield step

    def _running(self, steps: Iterable["array[int]"]) -> list["array[int]"]:
        running = [array("q", [0] * (2 * self._sides * self._size))]
        for step in steps:
            running.append(array("q", map(add, running[-1], step)))
        return running


def _worths(totals: Sequence[int], counts: Sequence[Sequence[int]], columns: Sequence[int]) -> list[list[int]]:
    """What the counted shares of each half hour were worth, adding up to both margins."""
    remaining, left, laid = list(totals), list(map(sum, zip(*counts, strict=True))), []
    for count, column in zip(counts[:-1], columns[:-1], strict=True):
        weights = [
            rest * part // shares if shares else 0
            for rest, part, shares in zip(remaining, count, left, strict=True)
        ]
        taken = _within(portions(column, weights), remaining, column)
        remaining = list(map(sub, remaining, taken))
        left = list(map(sub, left, count))
        laid.append(taken)
    return [*laid, remaining]


def _within(parts: list[int], caps: Sequence[int], column: int) -> list[int]:
    """No part above its cap; what is cut off goes where there is room."""
    fitted = [min(part, cap) for part, cap in zip(parts, caps, strict=True)]
    missing = column - sum(fitted)
    for place, cap in enumerate(caps):
        more = min(missing, cap - fitted[place])
        fitted[place] += more
        missing -= more
    return fitted
