"""E7: the open orders we know of, ours and those placed elsewhere, are those the broker lists (ka10075)."""

from portfolio.analytics.proof.facts import DayFacts
from portfolio.analytics.proof.lines import Equation, Line, Reason, Unit, compared, unknown

__all__ = ["open_orders"]

E7 = Equation.OPEN_ORDERS


def open_orders(facts: DayFacts) -> list[Line]:
    """One line, and one for each order that only one side knows; its number stands in place of the symbol."""
    ours, theirs = facts.open_ours, facts.open_theirs
    if ours is None or theirs is None:
        return [unknown(E7, "open", Reason.NOT_SERVED)]
    day = compared(Line(E7, "open", len(ours), len(theirs), unit=Unit.ROWS), different=Reason.MISSING)
    odd = [
        Line(E7, "open.order", int(number in ours), int(number in theirs), symbol=number, unit=Unit.ROWS)
        for number in sorted(ours ^ theirs)
    ]
    return [day, *(compared(line, different=Reason.MISSING) for line in odd)]
