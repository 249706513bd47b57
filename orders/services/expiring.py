"""Expiring: what did not leave in its time never leaves; nor does anything that waited while we were away."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Intent
from orders.selectors.intents import ready
from orders.services.moving import Overtaken, move
from orders.states import State

__all__ = ["drain", "expire_due"]


def expire_due() -> int:
    """READY and PENDING_APPROVAL whose time is over, of all accounts; how many."""
    due = Intent.objects.filter(state__in=(State.READY, State.PENDING_APPROVAL), expires_at__lte=timezone.now())
    return _expire(
        due.select_related("account").order_by("pk"), "too_late", _("제때 나가지 못해 내지 않았습니다.")
    )


def drain(
    account_id: int, code: str, sentence: str, which: Callable[[Intent], bool] = lambda _intent: True
) -> int:
    """All that is READY in an account: a restart or a halt lies between the decision and now. Cancels go on."""
    return _expire(filter(which, ready(account_id, cancels=False)), code, sentence)


def _expire(rows: Iterable[Intent], code: str, sentence: str) -> int:
    done = 0
    for intent in rows:
        try:
            with transaction.atomic():
                move(intent, State.EXPIRED_LOCAL, why_code=code, why=sentence)
        except Overtaken:
            continue
        done += 1
    return done
