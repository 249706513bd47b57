"""Findings: what a check has to say, and what all of them say together."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from orders.situations import Situation
from orders.tickets import Ticket

__all__ = ["Check", "Finding", "Verdict", "Weight", "ask", "deny", "second"]


class Weight(StrEnum):
    """DENY cannot be argued with; ASK passes when the person answers yes; SECOND wants another person."""

    DENY = "deny"
    ASK = "ask"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check that did not simply pass: its code, and a sentence that says what to do.

    ``answer`` is what a ticket holds when the question was answered with yes.
    """

    code: str
    sentence: str
    weight: Weight = Weight.DENY
    answer: str = ""


Check = Callable[[Ticket, Situation], Finding | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all checks say, in their order. ``questions`` are those still unanswered.

    ``cash`` is the most won the order may take, costs included; ``value`` the most it may trade.
    """

    refusals: tuple[Finding, ...] = ()
    questions: tuple[Finding, ...] = ()
    seconds: tuple[Finding, ...] = ()
    cash: int = 0
    value: int = 0
    limits_version: int = 0

    @property
    def needs_approval(self) -> bool:
        return bool(self.seconds)

    @property
    def passes(self) -> bool:
        """Whether it may go, if need be after a second person has agreed."""
        return not self.refusals and not self.questions


def deny(code: str, sentence: str) -> Finding:
    return Finding(code, str(sentence))


def ask(code: str, sentence: str, answer: str = "") -> Finding:
    return Finding(code, str(sentence), Weight.ASK, answer or code)


def second(code: str, sentence: str) -> Finding:
    return Finding(code, str(sentence), Weight.SECOND)
