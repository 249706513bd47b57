"""Telling: a day that does not agree with the broker, to those who see the account."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.access.models import Account
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.services.notifying import notify
from kiwoomweb.notices.services.watching import seers_of
from portfolio.models import DayProof

__all__ = ["tell_mismatches"]

#: What was found so lately is news; a backfill that finds differences of old years is a page, not a storm.
LATELY, OLDEST = timedelta(hours=2), timedelta(days=14)


def tell_mismatches() -> None:
    """Days proved lately that disagree. Each day is told once for each version of its proof."""
    now = timezone.now()
    found = DayProof.objects.filter(
        state=DayProof.State.MISMATCH, superseded_at__isnull=True, checked_at__gte=now - LATELY
    )
    for proof in found.select_related("account__team"):
        if proof.read_at is not None and proof.day >= (proof.read_at - OLDEST).date():
            _tell(proof.account, proof)


def _tell(account: Account, proof: DayProof) -> None:
    for user in seers_of(account):
        with override(user.language or "ko"):
            title = _("%(day)s: 증권사와 어긋납니다") % {"day": proof.day}
            text = _("%(account)s. 무엇이 왜 다른지는 데이터 신뢰도에 있습니다.") % {"account": account.name}
        url = reverse("portfolio:trust_day", args=[account.code, proof.day])
        key = f"{account.code}:{proof.day}:{proof.version}"
        notify(user, Kind.MISMATCH, key, title=title, text=text, url=url, account=account)
