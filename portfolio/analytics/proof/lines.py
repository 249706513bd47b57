"""A line of a proof: two figures for the same thing, how far apart they may be, the verdict, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

__all__ = ["Cause", "Equation", "Line", "Reason", "Unit", "Verdict", "compared", "unknown"]


class Equation(StrEnum):
    """The equations of a day, in the order they are read."""

    AMOUNTS = "E1"
    COSTS = "E2"
    REALISED = "E3"
    HEADERS = "E4"
    SHARES = "E5"
    CASH = "E6"
    OPEN_ORDERS = "E7"
    LEDGER = "E8"


class Verdict(StrEnum):
    """SAME to the unit, ROUNDING within what cutting explains, DIFFERENT, or UNKNOWN: a side is missing."""

    SAME = "same"
    ROUNDING = "rounding"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """What the two figures count."""

    WON = "won"
    SHARES = "shares"
    ROWS = "rows"


class Reason(StrEnum):
    """Why two figures differ, or why one of them is not there."""

    NONE = ""
    #: Cutting to ten won, to the won, or to the won a share explains all of it.
    ROUNDING = "rounding"
    #: A commission that the account's own proven rate does not explain.
    RATE = "rate"
    #: A number of shares that a corporate action would explain.
    RIGHTS = "rights"
    #: One list has been corrected by the broker and the other not yet read again.
    CORRECTION = "correction"
    #: Shares from before the journal began.
    OPENING = "opening"
    #: Only totals of orders are known, so that buys and sells of the day have no sure order.
    SEQUENCE = "sequence"
    #: We should have this figure and do not: it is missing.
    MISSING = "missing"
    #: This figure will come by itself, at a later day's reading.
    AWAITED = "awaited"
    #: The broker does not give this figure (too long ago, not for this kind of account).
    NOT_SERVED = "not_served"
    #: Nothing was sold, so that the broker has no row: neither a zero nor a gap.
    NO_SALE = "no_sale"
    #: Nothing happened that could be compared.
    NOTHING = "nothing"
    #: A person has looked and said why.
    EXPLAINED = "explained"
    #: A late correction of the broker's explains exactly this difference; ``Line.causes`` tell which.
    CORRECTED = "corrected"
    UNEXPLAINED = "unexplained"


#: A difference with one of these reasons is no obstacle.
SETTLED = frozenset({Reason.EXPLAINED, Reason.CORRECTED})
#: An unknown side for one of these reasons is no obstacle.
HARMLESS = frozenset({Reason.NOT_SERVED, Reason.NO_SALE, Reason.NOTHING, Reason.SEQUENCE, Reason.OPENING})


@dataclass(frozen=True, slots=True)
class Cause:
    """A late correction of what ``day`` settled: it moves a difference by ``won``. The proof of that day had
    the old figures in its version ``before`` and has had the new ones since ``after``."""

    day: date
    won: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison. ``key`` names it within its equation; ``symbol`` is blank for the whole day.

    ``tolerance`` is in the unit of the figures. ``ratio`` is (new, old) where a corporate action is proposed.
    """

    equation: Equation
    key: str
    ours: int | None
    theirs: int | None
    tolerance: int = 0
    verdict: Verdict = Verdict.UNKNOWN
    reason: Reason = Reason.NONE
    symbol: str = ""
    unit: Unit = Unit.WON
    ratio: tuple[int, int] | None = None
    causes: tuple[Cause, ...] = ()

    @property
    def difference(self) -> int | None:
        """``ours - theirs``; unknown when a side is."""
        return None if self.ours is None or self.theirs is None else self.ours - self.theirs

    @property
    def holds(self) -> bool:
        """Whether nothing stands in the way of sealing the day."""
        if self.verdict is Verdict.UNKNOWN:
            return self.reason in HARMLESS
        return self.verdict is not Verdict.DIFFERENT or self.reason in SETTLED

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells the line from the others of its day."""
        return (self.equation.value, self.key, self.symbol)

    def explained(self) -> "Line":
        """The same line once a person has said why."""
        return replace(self, reason=Reason.EXPLAINED)

    def corrected(self, causes: tuple[Cause, ...]) -> "Line":
        """The same line, its difference explained by late corrections."""
        return replace(self, reason=Reason.CORRECTED, causes=causes)

    def plain(self) -> dict[str, Any]:
        """As kept in a proof; what is at its default is left out."""
        told: dict[str, Any] = {
            "e": self.equation.value,
            "k": self.key,
            "o": self.ours,
            "t": self.theirs,
            "v": self.verdict.value,
        }
        more = {"s": self.symbol, "r": self.reason.value, "w": self.tolerance}
        told |= {name: value for name, value in more.items() if value}
        if self.unit is not Unit.WON:
            told["u"] = self.unit.value
        if self.causes:
            told["c"] = [[str(one.day), one.won, one.before, one.after] for one in self.causes]
        return told | ({"x": list(self.ratio)} if self.ratio else {})

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Line":
        """The line that ``plain`` wrote."""
        return cls(
            Equation(told["e"]),
            told["k"],
            told["o"],
            told["t"],
            told.get("w", 0),
            Verdict(told["v"]),
            Reason(told.get("r", "")),
            told.get("s", ""),
            Unit(told.get("u", "won")),
            (told["x"][0], told["x"][1]) if "x" in told else None,
            tuple(Cause(date.fromisoformat(day), *rest) for day, *rest in told.get("c", ())),
        )


def compared(line: Line, *, missing: Reason = Reason.MISSING, different: Reason = Reason.UNEXPLAINED) -> Line:
    """The line with its verdict. ``missing`` says why a side is unknown, ``different`` why they may differ."""
    difference = line.difference
    if difference is None:
        return replace(line, verdict=Verdict.UNKNOWN, reason=missing)
    if difference == 0:
        return replace(line, verdict=Verdict.SAME, reason=Reason.NONE)
    if abs(difference) <= line.tolerance:
        return replace(line, verdict=Verdict.ROUNDING, reason=Reason.ROUNDING)
    return replace(line, verdict=Verdict.DIFFERENT, reason=line.reason or different)


def unknown(equation: Equation, key: str, reason: Reason, ours: int | None = None) -> Line:
    """A line without the broker's side, and why."""
    return Line(equation, key, ours, None, 0, Verdict.UNKNOWN, reason)
