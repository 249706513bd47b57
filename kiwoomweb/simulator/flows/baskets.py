"""Baskets: what foreigners and institutions together had traded, followed as one through the day.

Programs are a part of what this group trades. Followed as one, a whole market's day can be laid out minute by
minute at once.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import add
from typing import NamedTuple

from kiwoomweb.simulator.flows.figures import NONE, Part
from kiwoomweb.simulator.flows.traded import FOREIGN, INSTITUTIONS, Traded
from kiwoomweb.simulator.printing import VOLUME, turnover_upto
from kiwoomweb.simulator.tape import Stretch

__all__ = ["NOBODY", "Group", "GroupCourse", "group_of", "minute_parts"]

WHO = FOREIGN + INSTITUTIONS


class Group(NamedTuple):
    """Shares bought and sold, won paid and received."""

    bought: int = 0
    sold: int = 0
    paid: int = 0
    received: int = 0

    def plus(self, more: "Group") -> "Group":
        return Group(*map(add, self, more))


NOBODY = Group()


def group_of(traded: Traded) -> Group:
    """The group's part of what was traded."""
    return Group(traded.bought(WHO), traded.sold(WHO), traded.paid(WHO), traded.received(WHO))


class GroupCourse:
    """The group's way through one session: its figures at each mark, in proportion between them."""

    def __init__(self, marks: Sequence[Part], figures: Sequence[Group]) -> None:
        """``figures[i]`` is what the group had traded when the session had come to ``marks[i]``."""
        self._marks = [NONE, *marks]
        self._volumes = [mark.volume for mark in self._marks]
        self._figures = [NOBODY, *figures]

    def sofar(self, part: Part) -> Group:
        """What it had traded when the session has come to ``part``; no figure ever falls."""
        index = min(max(bisect_left(self._volumes, part.volume), 1), len(self._marks) - 1)
        begun, ended = self._marks[index - 1], self._marks[index]
        before, after = self._figures[index - 1], self._figures[index]
        shares, all_shares = part.volume - begun.volume, ended.volume - begun.volume
        won, all_won = part.turnover - begun.turnover, ended.turnover - begun.turnover
        return Group(
            before[0] + _part(after[0] - before[0], shares, all_shares),
            before[1] + _part(after[1] - before[1], shares, all_shares),
            before[2] + _part(after[2] - before[2], won, all_won),
            before[3] + _part(after[3] - before[3], won, all_won),
        )


def _part(step: int, come: int, whole: int) -> int:
    return step * come // whole if whole else 0


def minute_parts(stretch: Stretch, minutes: range) -> Iterator[Part]:
    """How far a session had come by each of these minutes since midnight; an auction counts at its own."""
    volumes = [0, *accumulate(stretch.column(VOLUME, len(stretch)))]
    upto = 0
    for minute in minutes:
        while upto < len(stretch) and (
            stretch.starts[upto] < minute or stretch.starts[upto] == minute == stretch.auction
        ):
            upto += 1
        yield Part(volumes[upto], turnover_upto(stretch, upto))
