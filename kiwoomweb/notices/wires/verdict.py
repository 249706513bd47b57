"""Verdict: what became of one try to hand a message over. Only the other side's own word makes it sent."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Outcome", "Verdict"]

#: Answers of strangers are kept so long and no longer.
LONGEST = 300


class Outcome(StrEnum):
    """``LATER``: certainly not taken, try again. ``UNSURE``: taken or not, nobody knows. ``OVERTAKEN``: the
    claim had ended before the last byte, which was therefore not sent."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNSURE = "unsure"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``answer`` is shown to the owner: never anything we have sent. ``broken``: the line is of no more use."""

    outcome: Outcome
    answer: str
    broken: bool = False

    @classmethod
    def of(cls, outcome: Outcome, answer: str, *, broken: bool = False) -> "Verdict":
        """With the answer on one line, printable and short."""
        plain = "".join(letter if letter.isprintable() else " " for letter in answer)
        return cls(outcome, " ".join(plain.split())[:LONGEST], broken)
