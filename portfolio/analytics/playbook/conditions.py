"""Conditions: rules that a trade itself can answer. Each is a function of the facts and of one limit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation

__all__ = ["CONDITIONS", "Condition", "TradeFacts", "answer", "limit_of"]

Limit = Decimal | time | None


@dataclass(frozen=True, slots=True)
class TradeFacts:
    """What conditions look at. Moments in KST, money in won, unknown ``None``.

    ``worth`` is 추정자산 the trade was opened with; ``first_stop_at`` when the stop was first recorded.
    """

    is_closed: bool
    opened_at: datetime | None
    first_stop_at: datetime | None
    risk: int | None
    worth: int | None
    bought: int
    entries: int
    adds_below: int
    is_day_trade: bool
    held_minutes: int | None


@dataclass(frozen=True, slots=True)
class Condition:
    """``ask`` answers met (true), broken (false) or not applicable (``None``). ``kind`` of limit: "minutes",
    "percent", "won", "time" or nothing."""

    key: str
    kind: str
    ask: Callable[[TradeFacts, Limit], bool | None]


def _stop_in_time(facts: TradeFacts, limit: Limit) -> bool | None:
    """The stop was recorded within so many minutes of the first buy (0: before it)."""
    if facts.opened_at is None or not isinstance(limit, Decimal):
        return None
    return facts.first_stop_at is not None and facts.first_stop_at <= facts.opened_at + timedelta(
        minutes=int(limit)
    )


def _risk_share(facts: TradeFacts, limit: Limit) -> bool | None:
    """Risk was at most so many percent of what the account was worth."""
    if facts.risk is None or not facts.worth or not isinstance(limit, Decimal):
        return None
    return facts.risk * 100 <= limit * facts.worth


def _risk_won(facts: TradeFacts, limit: Limit) -> bool | None:
    if facts.risk is None or not isinstance(limit, Decimal):
        return None
    return facts.risk <= limit


def _not_before(facts: TradeFacts, limit: Limit) -> bool | None:
    if facts.opened_at is None or not isinstance(limit, time):
        return None
    return facts.opened_at.time() >= limit


def _not_after(facts: TradeFacts, limit: Limit) -> bool | None:
    if facts.opened_at is None or not isinstance(limit, time):
        return None
    return facts.opened_at.time() <= limit


def _no_adding_below(facts: TradeFacts, _limit: Limit) -> bool | None:
    """With one order there was nothing to add."""
    return None if facts.entries < 2 else facts.adds_below == 0


def _day_only(facts: TradeFacts, _limit: Limit) -> bool | None:
    return facts.is_day_trade if facts.is_closed else None


def _bought_at_most(facts: TradeFacts, limit: Limit) -> bool | None:
    return facts.bought <= limit if isinstance(limit, Decimal) and facts.bought else None


def _held_at_most(facts: TradeFacts, limit: Limit) -> bool | None:
    if facts.held_minutes is None or not facts.is_closed or not isinstance(limit, Decimal):
        return None
    return facts.held_minutes <= limit


CONDITIONS = {
    condition.key: condition
    for condition in (
        Condition("stop_in_time", "minutes", _stop_in_time),
        Condition("risk_share", "percent", _risk_share),
        Condition("risk_won", "won", _risk_won),
        Condition("not_before", "time", _not_before),
        Condition("not_after", "time", _not_after),
        Condition("no_adding_below", "", _no_adding_below),
        Condition("day_only", "", _day_only),
        Condition("bought_at_most", "won", _bought_at_most),
        Condition("held_at_most", "minutes", _held_at_most),
    )
}
#: The largest sensible limit by kind.
LARGEST = {"minutes": 1_000_000, "percent": 100, "won": 10**13}


def limit_of(kind: str, text: str) -> Limit:
    """A limit as people write it: ``"14:30"``, ``"1.5"``, ``"1,000,000"``. Raises ``ValueError`` otherwise."""
    if not kind:
        return None
    if kind == "time":
        return time.fromisoformat(text)
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise ValueError(text) from None
    if not found.is_finite() or not 0 <= found <= LARGEST[kind]:
        raise ValueError(text)
    return found


def answer(key: str, limit: str, facts: TradeFacts) -> bool | None:
    """Met, broken or ``None``; a condition nobody knows any more applies to nothing."""
    condition = CONDITIONS.get(key)
    return condition.ask(facts, limit_of(condition.kind, limit)) if condition else None
