"""E6: cash. What is left after all settlements grows by what the day's trades settle and the ledger moves.

d2(t)   = d2(t-1) + settlement of the trades of t + other rows of t       kt00001 against kt00015 / ka10170
cash(t) = cash(t-1) + every row booked on t                               kt00002 against kt00015
"""

from portfolio.analytics.proof.facts import DayFacts
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
    if facts.booked is None and not facts.hidden.ledger:
        # Without a ledger nobody tells deposits: only a day that agrees by itself says something.
        settled = _settlement(facts)
        found = compared(Line(E6, "cash.d2", None if settled is None else before + settled, now))
        return [found if found.difference == 0 else unknown(E6, "cash.d2", Reason.NOT_SERVED)]
    settled, moved = _settlement(facts), _moved(facts)
    ours = None if settled is None or moved is None else before + settled + moved
    late = Reason.AWAITED if facts.hidden.ledger_awaited else Reason.MISSING
    return [compared(Line(E6, "cash.d2", ours, now), missing=late)]


def _settlement(facts: DayFacts) -> int | None:
    """What the day's trades add to the cash two trading days later; unknown until somebody tells it."""
    if trades := [row.settled for row in facts.settled or () if row.is_sell is not None]:
        return sum(trades)
    if facts.diary is not None:
        return facts.diary.settled
    if facts.totals is not None:
        return facts.totals.sold - facts.totals.bought - facts.totals.commission - facts.totals.tax
    if facts.header is not None:
        return facts.header.sold - facts.header.bought - facts.header.commission - facts.header.tax
    return 0 if facts.orders_read and not facts.fills else None


def _moved(facts: DayFacts) -> int | None:
    """Deposits, withdrawals, dividends and the like of the day: what is no settlement of a trade."""
    if facts.booked is None:
        return None
    return sum(row.settled for row in facts.booked if row.is_sell is None)


def _as_booked(facts: DayFacts) -> list[Line]:
    now, before = facts.cash.cash, facts.cash_before.cash
    if now is None or before is None or facts.booked is None:
        return []
    ours = before + sum(row.settled for row in facts.booked)
    return [compared(Line(E6, "cash.booked", ours, now))]
