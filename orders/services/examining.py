"""Examining: the checks before an order, at one place, asked when it is decided and again before the claim."""

from dataclasses import dataclass
from datetime import datetime

from kiwoomweb.access.models import Account, User
from orders.checking import check
from orders.models import Intent
from orders.selectors.situation import situation_of
from orders.services.grounding import ground
from orders.tickets import Kind, Ticket

__all__ = ["Examined", "Objection", "examine", "prepare"]


@dataclass(frozen=True, slots=True)
class Objection:
    """A check that did not pass: its code (``"C18"``), and a sentence that says what to do."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What all checks said. ``cash`` is the most won the order may take, all costs included.

    ``questions`` are what the person may answer with yes; an unanswered one refuses.
    """

    refusals: tuple[Objection, ...] = ()
    questions: tuple[Objection, ...] = ()
    needs_approval: bool = False
    cash: int = 0
    limits_version: int = 0

    @property
    def passes(self) -> bool:
        return not self.refusals and not self.questions


def prepare(account: Account, ticket: Ticket) -> None:
    """Ask the broker for what ``examine`` looks at. Never in a transaction; a cancellation needs nothing."""
    if ticket.kind is not Kind.CANCEL:
        ground(account, ticket.symbol)


def examine(
    account: Account, user: User | None, ticket: Ticket, now: datetime, *, again: Intent | None = None
) -> Examined:
    """All checks over a situation read just now; ``again`` is the intent itself when it was checked before."""
    said = check(ticket, situation_of(account, user, ticket, now, again=again))
    return Examined(
        refusals=tuple(Objection(one.code, one.sentence) for one in said.refusals),
        questions=tuple(Objection(one.answer, one.sentence) for one in said.questions),
        needs_approval=said.needs_approval,
        cash=said.cash,
        limits_version=said.limits_version,
    )
