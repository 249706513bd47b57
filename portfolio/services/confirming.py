"""Confirming: a person agrees that shares changed by a corporate action; trades and proofs follow it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from portfolio.analytics.proof import Line, Reason
from portfolio.models import DayProof, HoldingEvent
from portfolio.selectors.proof.begins import begin_of
from portfolio.services.proving import days_due, prove, prove_days
from portfolio.services.trades.catching_up import derive_anew

__all__ = ["NoProposal", "confirm_event"]


class NoProposal(Exception):
    """The broker's shares do not propose a corporate action of that symbol (any more)."""


def confirm_event(account: Account, day: date, symbol: str, *, reason: str, author: User) -> HoldingEvent:
    """Turn the proposal that the day's proof makes for the symbol into an event, and derive what follows.

    Fills stay as they are. Raises ``NoProposal``; confirming twice is confirming once.
    """
    with transaction.atomic():
        proposed = _proposal(prove(account, day), symbol)
        if proposed is None or proposed.ratio is None:
            raise NoProposal
        new, old = proposed.ratio
        kind = HoldingEvent.Kind.SPLIT if 1 in (new, old) else HoldingEvent.Kind.BONUS
        event = HoldingEvent.objects.create(
            account=account,
            day=day,
            kind=kind,
            symbol=symbol,
            numerator=new,
            denominator=old,
            source="proposal",
            reason=reason.strip()[:200],
            author=author,
            recorded_at=timezone.now(),
        )
        derive_anew(account.pk, [symbol])
        prove_days(account, days_due(account, day, date.max) if begin_of(account) else [day])
    return event


def _proposal(proof: DayProof, symbol: str) -> Line | None:
    lines = (Line.of(told) for told in proof.lines)
    return next((line for line in lines if line.symbol == symbol and line.reason is Reason.RIGHTS), None)
