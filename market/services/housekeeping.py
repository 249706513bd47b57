"""Housekeeping: forget events that no open page can still be waiting for. The facts are kept elsewhere."""

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from market.models import AccountEvent

__all__ = ["forget_old_events"]

KEPT = timedelta(days=7)


def forget_old_events() -> int:
    """Delete events older than a week, but never an account's newest: numbering goes on from it."""
    newest = AccountEvent.objects.values("account").annotate(top=Max("seq")).values_list("account", "top")
    deleted = 0
    for account_id, top in newest:
        old = AccountEvent.objects.filter(account_id=account_id, seq__lt=top, at__lt=timezone.now() - KEPT)
        deleted += old.delete()[0]
    return deleted
