"""Triggers: what halts an account by itself (order safety 3.9). Each fires once while its halt stands."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from orders.models import Command, Halt
from orders.services.halting import halt

__all__ = ["KEY_CODES", "watch"]

#: The broker doubts who we are: the key may be misused from elsewhere.
KEY_CODES = ("8010", "8030", "8031", "8040", "8050")
MOST_UNKNOWN, UNKNOWN_WITHIN = 3, timedelta(minutes=10)
MOST_REFUSED, REFUSED_WITHIN = 5, timedelta(seconds=60)


def watch(account: Account) -> None:
    """Look at the account's latest commands, since its last release, and halt it if they are too bad."""
    since = _released(account)
    now = timezone.now()
    recent = Command.objects.filter(intent__account=account, answered_at__gt=now - UNKNOWN_WITHIN)
    if since is not None:
        recent = recent.filter(answered_at__gt=since)
    told = list(recent.values_list("outcome", "return_code", "answered_at"))
    if any(code in KEY_CODES for _outcome, code, _at in told):
        halt(account, None, _("증권사가 키를 의심해 정지했습니다. 키와 등록 IP를 확인하세요."), cause="keys")
    if sum(outcome == "unknown" for outcome, _code, _at in told) >= MOST_UNKNOWN:
        halt(account, None, _("결과를 모르는 주문이 10분에 세 번 있어 정지했습니다."), cause="unknowns")
    refused = [at for outcome, _code, at in told if outcome == "rejected" and at and at > now - REFUSED_WITHIN]
    if len(refused) >= MOST_REFUSED:
        halt(account, None, _("1분에 다섯 번 거부되어 정지했습니다."), cause="refusals")


def _released(account: Account) -> datetime | None:
    last = Halt.objects.filter(account=account, released_at__isnull=False).order_by("-released_at").first()
    return last.released_at if last else None
