"""Expiring: what did not leave in its time never leaves; nor does anything that waited while we were away."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Intent
from orders.services.moving import Overtaken, move
from orders.states import State

__all__ = ["drain", "expire_due"]


def expire_due() -> int:
    """READY and PENDING_APPROVAL whose time is over, of all accounts; how many."""
    due = Intent.objects.filter(state__in=(State.READY, State.PENDING_APPROVAL), expires_at__lte=timezone.now())
    return _expire(due, "too_late", _("제때 나가지 못해 내지 않았습니다."))


def drain(account_id: int, code: str, sentence: str) -> int:
    """All that is READY in an account: a restart or a halt lies between the decision and now. Cancels go on."""
    ready = Intent.objects.filter(state=State.READY, account_id=account_id).exclude(kind="cancel")
    return _expire(ready, code, sentence)


def _expire(rows: "QuerySet[Intent]", code: str, sentence: str) -> int:
    done = 0
    for intent in rows.select_related("account").order_by("pk"):
        try:
            with transaction.atomic():
                move(intent, State.EXPIRED_LOCAL, why_code=code, why=sentence)
        except Overtaken:
            continue
        done += 1
    return done
