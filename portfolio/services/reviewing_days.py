"""Marking days as gone over, and taking the mark back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from orders.services.locking import locked
from portfolio.models import DayReview

__all__ = ["mark_reviewed", "take_back"]


def mark_reviewed(account: Account, day: date, *, by: User) -> None:
    """The day has been gone over. Said twice it is one mark."""
    with transaction.atomic():
        locked(account.pk)
        if not DayReview.objects.filter(account=account, day=day, withdrawn_at=None).exists():
            DayReview.objects.create(account=account, day=day, reviewed_at=timezone.now(), reviewed_by=by)


def take_back(account: Account, day: date) -> None:
    """The day is open again; that it was marked stays on record."""
    marks = DayReview.objects.filter(account=account, day=day, withdrawn_at=None)
    marks.update(withdrawn_at=timezone.now())
