"""Acting: one account from its connection to the verdict, with a person who does what the pages ask for."""

import time
from dataclasses import dataclass, field
from datetime import date
from random import Random

from kiwoomweb.operation.drills.journal.cast import Played, Role, connected
from kiwoomweb.operation.drills.journal.living import live, work
from kiwoomweb.operation.drills.journal.person import actions_of, ask_again, confirm, follows, is_proposed
from kiwoomweb.operation.drills.journal.verdict import Look, looked_at, rows_of, sales_off, why
from portfolio.analytics.proof import DayState
from portfolio.selectors.canonical import canonical_hash

__all__ = ["Played", "Result", "act"]


@dataclass(slots=True)
class Result:
    """One account. ``rightly`` and ``wrongly`` are days flagged before the person did anything."""

    role: Role
    days: int = 0
    sealed: int = 0
    pending: int = 0
    rightly: dict[date, str] = field(default_factory=dict)
    wrongly: dict[date, str] = field(default_factory=dict)
    #: Still flagged after everything was done that a person can do.
    stuck: dict[date, str] = field(default_factory=dict)
    #: Sealed although a figure is not the broker's; actions nobody proposed.
    missed: list[str] = field(default_factory=list)
    #: What happened to holdings, by kind.
    actions: list[str] = field(default_factory=list)
    won_off: int = 0
    rows: int = 0
    faults: int = 0
    seconds: float = 0.0
    hash: str = ""

    @property
    def passed(self) -> bool:
        """Whether every day is sealed or was rightly flagged, and no won is off."""
        return not (self.wrongly or self.stuck or self.missed or self.won_off)


def act(role: Role, live_days: int) -> Result:
    """Play one account; faults, corrections and days follow from the role's seed."""
    began, result = time.monotonic(), Result(role)
    with connected(role) as played:
        lived = live(played, Random(role.seed), live_days, lambda day: None)
        before = looked_at(played)
        _sort_out(played, result, before)
        after = _mended(played, before)
        result.stuck = {day: why(played, day) for day in after.flagged}
        result.days = len(after.states)
        result.sealed = after.counted["sealed"]
        result.pending = after.counted["open"] + after.counted["closing"]
        result.won_off, result.rows = after.won_off, rows_of(played)
        result.faults, result.hash = len(lived.faults), canonical_hash(played.account)
    result.seconds = time.monotonic() - began
    return result


def _sort_out(played: Played, result: Result, look: Look) -> None:
    """Which flags are right: a figure is off, shares became others. A correction is no reason to flag a day."""
    actions = actions_of(played)
    result.actions = [action.kind for action in actions]
    result.missed = [f"{one.day} {one.kind} {one.code}" for one in actions if not is_proposed(played, one)]
    told = {action.day: action.kind for action in actions}
    for day in look.flagged:
        off = "off" if day in look.days_off else sales_off(played, day)
        cause = told.get(day) or off or follows(played, day, actions)
        (result.rightly if cause else result.wrongly)[day] = f"{cause}: {why(played, day)}"
    sealed = [day for day in sorted(look.days_off) if look.states.get(day) is DayState.SEALED]
    result.missed += [f"{day} is sealed and off" for day in sealed]


def _mended(played: Played, look: Look) -> Look:
    """What is left once the person has confirmed and read again."""
    confirm(played, actions_of(played))
    ask_again(played, look.flagged)
    work(played)
    return looked_at(played)
