"""Checking: the twenty-five questions before an order, in their order. Pure: facts in, findings out.

    >>> verdict = check(ticket, situation)
    >>> verdict.passes, [finding.code for finding in verdict.refusals]

Every check is one function with the code it answers for. A fact nobody told is a refusal, never a pass.
"""

from dataclasses import replace

from orders.checking import habits, instruments, permission, prices, sizes
from orders.checking.findings import Check, Finding, Verdict, Weight
from orders.costing import at_worst, cash_at_worst
from orders.situations import Situation
from orders.tickets import Ticket

__all__ = ["CHECKS", "Finding", "Situation", "Verdict", "Weight", "check"]

CHECKS: tuple[Check, ...] = (
    permission.c01,
    permission.c02,
    permission.c03,
    permission.c04,
    instruments.c05,
    instruments.c06,
    instruments.c07,
    instruments.c08,
    instruments.c09,
    prices.c10,
    prices.c11,
    prices.c12,
    prices.c13,
    sizes.c14,
    sizes.c15,
    sizes.c16,
    sizes.c17,
    sizes.c18,
    sizes.c19,
    sizes.c20,
    habits.c21,
    habits.c22,
    habits.c23,
    habits.c24,
    habits.c25,
)


def check(ticket: Ticket, situation: Situation) -> Verdict:
    """All checks, whatever the earlier ones said: a person mends everything at once.

    An exit kept by the server is asked nothing: what it may do was agreed to when it was set, and it only
    reduces (C02).
    """
    if situation.quote and not situation.quote.is_sane:
        situation = replace(situation, quote=None)  # NaN, a fraction, text: as good as not told
    found = [finding for one in CHECKS if (finding := one(ticket, situation))]
    asks = situation.permission.is_person
    refusals = tuple(one for one in found if one.weight is Weight.DENY)
    questions = (one for one in found if one.weight is Weight.ASK and one.answer not in ticket.answers)
    return Verdict(
        refusals=refusals,
        questions=tuple(questions) if asks else (),
        seconds=tuple(one for one in found if one.weight is Weight.SECOND),
        cash=cash_at_worst(ticket, situation) or 0,
        value=at_worst(ticket, situation) or 0,
        limits_version=situation.limits.version if situation.limits else 0,
    )
