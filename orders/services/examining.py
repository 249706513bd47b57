"""Examining: the checks before an order, at one place, asked when it is decided and again before the claim."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from orders.models import Intent
from orders.tickets import Ticket

__all__ = ["Examined", "Objection", "examine"]


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


def examine(
    account: Account, user: User | None, ticket: Ticket, now: datetime, *, again: Intent | None = None
) -> Examined:
    """All checks over a situation read just now; ``again`` is the intent itself when it was checked before."""
    return Examined(refusals=(Objection("C00", _("주문 점검이 아직 없어 주문을 내지 않습니다.")),))
