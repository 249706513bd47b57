"""Explaining: a person says why two figures differ, or takes the broker's. The words stay with their author."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from portfolio.analytics.proof import Line
from portfolio.models import DayProof, Explanation
from portfolio.services.proving import prove

__all__ = ["NothingToExplain", "explain", "take_back"]

#: Characters of a reason.
LONGEST = 200


class NothingToExplain(Exception):
    """The line holds by now, or its figures are others than those the person saw."""


def explain(
    account: Account,
    day: date,
    name: tuple[str, str, str],
    *,
    kind: Explanation.Kind,
    reason: str,
    author: User,
) -> DayProof:
    """Note the reason for the line of that name (equation, key, symbol) as it stands, and prove the day anew.

    Raises ``NothingToExplain``. The same words about the same figures are noted once.
    """
    with transaction.atomic():
        line = _line(prove(account, day), name)
        if line is None or line.holds or line.difference is None:
            raise NothingToExplain
        Explanation.objects.get_or_create(
            account=account,
            day=day,
            equation=line.equation.value,
            key=line.key,
            symbol=line.symbol,
            ours=line.ours,
            theirs=line.theirs,
            withdrawn_at=None,
            defaults={
                "kind": kind,
                "reason": reason.strip()[:LONGEST],
                "author": author,
                "made_at": timezone.now(),
            },
        )
        return prove(account, day)


def take_back(account: Account, day: date, explanation_id: int) -> DayProof:
    """Withdraw an explanation; it stays to be read, and the day is proved without it."""
    with transaction.atomic():
        mine = Explanation.objects.filter(account=account, day=day, pk=explanation_id, withdrawn_at=None)
        mine.update(withdrawn_at=timezone.now())
        return prove(account, day)


def _line(proof: DayProof, name: tuple[str, str, str]) -> Line | None:
    return next((line for line in map(Line.of, proof.lines) if line.name == name), None)
