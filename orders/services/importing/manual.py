"""Writing down: one fill somebody knows of and no list tells, by the same way as a file."""

import hashlib
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from orders.incoming import Candidate
from orders.models import ImportBatch
from orders.selectors.imports import Verdict, judge
from orders.services.importing.committing import recorded
from orders.services.importing.errors import ImportRefused
from orders.services.locking import locked

__all__ = ["write_down"]


def write_down(account: Account, author: User, row: Candidate, reason: str, today: date) -> ImportBatch:
    """Record one fill with its author and reason. Raises ``ImportRefused`` when it is known or cannot be."""
    if not reason.strip():
        raise ImportRefused(_("왜 직접 넣는지 적어 주세요. 나중에 이 체결을 설명해 줍니다."))
    if row.day > today:
        raise ImportRefused(_("%(day)s은(는) 아직 오지 않은 날입니다.") % {"day": row.day})
    with transaction.atomic():
        locked(account.pk)
        (judged,) = judge(account.pk, [row])
        if judged.verdict is not Verdict.NEW:
            raise ImportRefused(judged.why)
        now = timezone.now()
        batch = ImportBatch.objects.create(
            account=account,
            kind=ImportBatch.Kind.MANUAL,
            state=ImportBatch.State.COMMITTED,
            author=author,
            made_at=now,
            committed_at=now,
            reason=reason.strip()[:200],
            content=b"",
            size=0,
            sha256=hashlib.sha256(b"").hexdigest(),
            new=1,
        )
        recorded(batch, [row])
    return batch
