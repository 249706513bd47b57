"""E6: cash. What is left after all settlements grows by what the day's trades settle and the ledger moves.

d2(t)   = d2(t-1) + settlement of the trades of t + other rows of t       kt00001 against kt00015 / ka10170
cash(t) = cash(t-1) + every row booked on t                               kt00002 (or ka01690) against kt00015

The second is told of any past day. The first is not: D+2 is a word about the present (kt00001), so a day that
was read backwards is proved by what was booked.
"""

from collections.abc import Sequence

from portfolio.analytics.proof.facts import Booked, DayFacts
from portfolio.analytics.proof.lines import Equation, Line, Reason, compared, unknown

__all__ = ["cash"]

E6 = Equation.CASH


def cash(facts: DayFacts) -> list[Line]:
    """A line for the cash after settlement, and one for the cash as booked."""
    return [*_after_settlement(facts), *_as_booked(facts)]


def _after_settlement(facts: DayFacts) -> list[Line]:
    now, before = facts.cash.d2, facts.cash_before.d2
    if now is None or before is None:
        return [unknown(E6, "cash.d2", Reason.NOT_SERVED)]
    settled, moved = _settlement(facts), _moved(facts)
    if facts.booked is None and not facts.hidden.ledger:
        # Without a ledger nobody tells deposits: only a day that agrees by itself says something.
        found = compared(Line(E6, "cash.d2", None if settled is None else before + settled, now))
        return [found if found.difference == 0 else unknown(E6, "cash.d2", Reason.NOT_SERVED)]
    ours = None if settled is None or moved is None else before + settled + moved
    return [compared(Line(E6, "cash.d2", ours, now), missing=_late(facts))]


def _late(facts: DayFacts) -> Reason:
    return Reason.AWAITED if facts.hidden.ledger_awaited or _is_queued(facts) else Reason.MISSING


def _settlement(facts: DayFacts) -> int | None:
    """What the day's trades add to the cash two trading days later; unknown until somebody tells it."""
    if trades := [row for row in facts.settled or () if row.is_sell is not None]:
        return _sum(trades)
    if facts.on_credit:
        return None  # a loan pays part of it, and only the ledger tells which
    if facts.diary is not None:
        return facts.diary.settled
    if (total := facts.totals or facts.header) is not None:
        return total.sold - total.bought - total.commission - total.tax
    return 0 if facts.orders_read and not facts.fills else None


def _moved(facts: DayFacts) -> int | None:
    """Deposits, withdrawals, dividends and the like of the day: what is no settlement of a trade."""
    if facts.booked is None:
        return None
    return _sum([row for row in facts.booked if row.is_sell is None])


def _sum(rows: Sequence[Booked]) -> int | None:
    """``None`` while the direction of one of them is unknown."""
    amounts = [row.settled for row in rows if row.settled is not None]
    return sum(amounts) if len(amounts) == len(rows) else None


def _is_queued(facts: DayFacts) -> bool:
    return any(row.settled is None for row in (*(facts.booked or ()), *(facts.settled or ())))


def _as_booked(facts: DayFacts) -> list[Line]:
    now, before = facts.cash.cash, facts.cash_before.cash
    if now is None or before is None or facts.booked is None:
        return []
    moved = _sum(facts.booked)
    ours = None if moved is None else before + moved
    key = "cash.close" if facts.cash.is_close else "cash.booked"
    return [compared(Line(E6, key, ours, now), missing=_late(facts))]
