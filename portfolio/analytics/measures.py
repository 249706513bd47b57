"""Measure: one figure of the statistics, how many it was made of, its interval, and why it may be missing."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["Measure", "Unit", "Why"]


class Unit(StrEnum):
    """What a value counts. A RATIO is stored unrounded and as a share: 0.5 is shown as 50 %."""

    WON = "won"
    RATIO = "ratio"
    NUMBER = "number"
    R = "r"
    COUNT = "count"
    MINUTES = "minutes"
    DAYS = "days"
    SECONDS = "seconds"
    PRICE = "price"


class Why(StrEnum):
    """Why there is no value; the page has words for each (``definitions.reasons``)."""

    KNOWN = ""
    NO_TRADES = "no_trades"
    NO_LOSSES = "no_losses"
    NO_WINS = "no_wins"
    NOTHING_DECIDED = "nothing_decided"
    NO_COST = "no_cost"
    NO_RISK = "no_risk"
    NO_SPREAD = "no_spread"
    TOO_FEW = "too_few"
    NO_FALL = "no_fall"
    NO_PROFIT = "no_profit"
    SPANS_ZERO = "spans_zero"
    NO_BARS = "no_bars"
    NO_CAPITAL = "no_capital"
    NO_RATE = "no_rate"
    NO_QUOTES = "no_quotes"
    NO_RULES = "no_rules"
    NO_INDEX = "no_index"
    OVERLAPPING = "overlapping"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure under its ``key`` (of ``definitions``), made of ``n`` trades or days.

    ``low`` and ``high`` are its 95 % interval where the formula has one. ``rows`` are the keys of the outcomes
    behind it, ``None`` when it is all of them. ``value`` is ``None`` exactly when ``why_none`` says why.
    """

    key: str
    value: Decimal | None
    n: int
    unit: Unit
    low: Decimal | None = None
    high: Decimal | None = None
    needs: int = 1
    rows: tuple[int, ...] | None = None
    why_none: str = Why.KNOWN

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.why_none):
            raise ValueError(f"{self.key}: a value or a reason, exactly one")

    @property
    def enough(self) -> bool:
        """Too few to say something: the value is shown grey with 표본 부족, never hidden."""
        return self.n >= self.needs
