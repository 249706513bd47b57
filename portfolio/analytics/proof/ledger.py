"""E8: every row of the cash ledger (kt00015) is classified, or waits in the queue for a person."""

from portfolio.analytics.proof.facts import DayFacts
from portfolio.analytics.proof.lines import Equation, Line, Reason, Unit, compared, unknown

__all__ = ["ledger"]

E8 = Equation.LEDGER


def ledger(facts: DayFacts) -> list[Line]:
    """How many rows the day has, and how many of them are classified or queued."""
    if facts.booked is None:
        return [unknown(E8, "rows", Reason.NOT_SERVED)]
    known = sum(bool(row.kind) or row.is_queued for row in facts.booked)
    return [compared(Line(E8, "rows", known, len(facts.booked), unit=Unit.ROWS), different=Reason.UNEXPLAINED)]
