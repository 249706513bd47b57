"""The proof of a day: equations E1 to E8 between what the journal has and what the broker says. Pure.

    facts      what is known of the day, as plain numbers (``DayFacts``)
    equations  each turns facts into lines: ours, the broker's, the tolerance, a verdict and why
    states     lines and the moments of reading decide: OPEN, CLOSING, SEALED, MISMATCH or GAP
    correcting which figures of a sealed day the broker has changed since
    mending    cash that was told before a correction differs by exactly that correction

Tolerances follow from the cost arithmetic of the protocol notes (6.1) and are never guessed: a commission is
cut to 10 won once for each cut, a tax to the won, an average price to the won a share.
"""

from portfolio.analytics.proof.correcting import Change, changes_between
from portfolio.analytics.proof.equations import proved
from portfolio.analytics.proof.facts import DayFacts
from portfolio.analytics.proof.lines import Equation, Line, Reason, Verdict
from portfolio.analytics.proof.states import DayState, Moments, Standing, standing

__all__ = [
    "Change",
    "DayFacts",
    "DayState",
    "Equation",
    "Line",
    "Moments",
    "Reason",
    "Standing",
    "Verdict",
    "changes_between",
    "proved",
    "standing",
]
