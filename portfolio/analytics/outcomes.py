"""Outcome: one closed round trip as the formulas see it; and whether it won, lost or came out even."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter

from kiwoomweb.broker.domain import SEOUL

__all__ = ["Outcome", "Result", "as_gross", "in_order", "r_of", "result_of", "with_result"]

LAST = datetime.max.replace(tzinfo=SEOUL)


class Result(StrEnum):
    """How a trade ended. A FLAT one lies within its own costs, or within what the user calls even."""

    WIN = "win"
    LOSS = "loss"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One closed trade; what is not known is ``None``, never 0. 미확정 trades (no known buy) are no outcomes.

    Money is whole won: ``net = gross - costs``; ``cost`` is the 매입금액 of what was sold (0 = unknown);
    ``risk`` what the first stop put at stake; ``mfe >= 0`` and ``mae <= 0`` the best and worst standing of the
    position while it was held; ``after`` what the sold shares gained (+) or lost (-) once they were sold.
    ``price_mfe``, ``price_mae`` (both >= 0) and ``atr`` are won per share. ``minutes`` are trading minutes.
    ``day`` is the closing sell's day: a result belongs to it. ``key`` is the trade's own.
    """

    key: int
    symbol: str
    opened_at: datetime | None
    closed_at: datetime | None
    day: date
    net: int
    gross: int
    costs: int
    cost: int
    risk: int | None = None
    minutes: int | None = None
    mfe: int | None = None
    mae: int | None = None
    name: str = ""
    #: the day of the first buy
    opened_day: date | None = None
    #: the most shares held at once
    quantity: int | None = None
    #: the average price of the buys
    entry: Decimal | None = None
    bought: int = 0
    sold: int = 0
    entry_venue: str = ""
    exit_venue: str = ""
    #: buys below (물타기) and above (불타기) the running average
    adds_below: int = 0
    adds_above: int = 0
    price_mfe: Decimal | None = None
    price_mae: Decimal | None = None
    atr: Decimal | None = None
    after: int | None = None
    #: gross won with the last exit at the best later price (inside.leaving)
    best: int | None = None
    setup: str = ""
    emotion: str = ""
    sector: str = ""
    tags: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    #: whether a plan was written before; None = nobody said
    planned: bool | None = None
    #: rules of the playbook that were checked, and those that were met
    rules: int = 0
    rules_met: int = 0
    #: numbers known at entry by name: "gap", "change", "strength", "market_cap", "rank", "market" …
    facts: Mapping[str, Decimal] = field(default_factory=dict)


def result_of(net: int, costs: int = 0, even_within: int = 0) -> Result:
    """Even is |net| <= max(even_within, own costs of the trip): metrics 3.0, Breakeven."""
    if abs(net) <= max(even_within, costs):
        return Result.FLAT
    return Result.WIN if net > 0 else Result.LOSS


def r_of(outcome: Outcome) -> Decimal | None:
    """R-multiple: net / risk; ``None`` without a stop."""
    return Decimal(outcome.net) / outcome.risk if outcome.risk else None


def in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Oldest close first; what has no time of day comes last in its day."""
    return sorted(outcomes, key=lambda o: (o.day, o.closed_at or LAST, o.key))


def as_gross(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The same trades before costs, for the gross view: ``net`` becomes ``gross`` and ``costs`` 0."""
    return [with_result(outcome, outcome.gross, 0) for outcome in outcomes]


def with_result(outcome: Outcome, gross: int, costs: int) -> Outcome:
    """The same trade with another result (a third of the time ``dataclasses.replace`` takes)."""
    head = (outcome.key, outcome.symbol, outcome.opened_at, outcome.closed_at, outcome.day)
    return Outcome(*head, gross - costs, gross, costs, *_rest(outcome))


#: Everything after net, gross and costs, in the order of the fields.
_rest = attrgetter(*(each.name for each in fields(Outcome)[8:]))
