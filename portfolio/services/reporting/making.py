"""Making an issue: read and word it once, keep what it says, put its mails into the outbox, tell its readers.

An issue is claimed for a while. Whoever dies in the middle is followed by another with the same ``as_of``;
texts are kept once, mails posted under a key of issue and reader, so that doing it again does nothing twice.
"""

import hashlib
import logging
import zlib
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kiwoomweb.notices.letters import Letter
from kiwoomweb.notices.services.posting import post
from portfolio import reports
from portfolio.models import ReportIssue, ReportText
from portfolio.selectors.days import clock_of
from portfolio.services.reporting.gathering import LATEST, try_to_gather
from portfolio.services.reporting.mailing import letters_of
from portfolio.services.reporting.telling import tell, tell_of_failure
from portfolio.spans import Period

__all__ = ["make", "waiting"]

log = logging.getLogger(__name__)

#: A report takes seconds; of a hundred thousand trades, not minutes.
LEASE = timedelta(minutes=10)
#: After so many failures it is given up, and its owner told; the page can try again.
MOST_TRIES = 5
WAIT = timedelta(minutes=3)


def waiting() -> list[int]:
    """Issues nobody is making."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=timezone.now())
    open_ones = ReportIssue.objects.filter(free, made_at__isnull=True, failed_at__isnull=True)
    return list(open_ones.order_by("due_at", "pk").values_list("pk", flat=True)[:100])


def make(issue_id: int) -> bool:
    """Make it, unless somebody else does. Whether it is made now."""
    issue = _claimed(issue_id)
    if issue is None:
        return False
    try:
        texts = list(_texts(issue))
        # By the account's own clock: what the practice market calls a week ago is a week ago.
        late = clock_of(issue.account).now - issue.due_at > LATEST
        alone = not issue.plan.together
        letters = list(letters_of([issue], texts)) if alone and not late else []
    except Exception as trouble:  # whatever a report stumbles over must not stop the others
        log.exception("report %s was not made", issue.code)
        _failed(issue, type(trouble).__name__)
        return False
    if not _finish(issue, texts, letters):
        return False
    if issue.plan.together and not late:
        try_to_gather(issue)
    return True


def _claimed(issue_id: int) -> ReportIssue | None:
    now = timezone.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    open_one = ReportIssue.objects.filter(free, pk=issue_id, made_at__isnull=True, failed_at__isnull=True)
    claim = uuid4()
    if not open_one.update(claim=claim, claimed_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    ReportIssue.objects.filter(pk=issue_id, as_of__isnull=True).update(as_of=now)
    return ReportIssue.objects.select_related("plan", "plan__owner", "account").get(pk=issue_id, claim=claim)


def _texts(issue: ReportIssue) -> Iterator[ReportText]:
    """With and without amounts, in the plan's language: which of them somebody sees is asked when they look."""
    for masked in (False, True):
        language = issue.plan.language
        known = issue.texts.filter(masked=masked, language=language).first()
        yield known or _worded(issue, masked, language)


def _worded(issue: ReportIssue, masked: bool, language: str) -> ReportText:
    if issue.as_of is None:
        raise ValueError("an issue is claimed before it is made")
    period = Period(f"{issue.first}~{issue.last}", issue.first, issue.last)
    raw = reports.kept(
        reports.build(issue.kind, issue.account, period, issue.as_of, masked=masked, language=language)
    )
    digest = hashlib.sha256(raw).hexdigest()
    return ReportText(
        issue=issue, masked=masked, language=language, content=zlib.compress(raw, 9), sha256=digest
    )


def _finish(issue: ReportIssue, texts: list[ReportText], letters: list[Letter]) -> bool:
    """Everything the making leaves behind is one transaction under the claim."""
    now = timezone.now()
    with transaction.atomic():
        mine = ReportIssue.objects.filter(pk=issue.pk, claim=issue.claim, made_at__isnull=True)
        mailed = now if letters else None
        if not mine.update(made_at=now, claimed_until=None, trouble="", mailed_at=mailed):
            return False
        for text in texts:
            if text.pk is None:
                text.save()
        for letter in letters:
            post(letter)
        issue.made_at = now
        if not issue.plan.together:
            tell([issue])
    return True


def _failed(issue: ReportIssue, trouble: str) -> None:
    now = timezone.now()
    over = issue.attempts >= MOST_TRIES
    mine = ReportIssue.objects.filter(pk=issue.pk, claim=issue.claim)
    mine.update(trouble=trouble, claimed_until=now + WAIT * issue.attempts, failed_at=now if over else None)
    if over:
        tell_of_failure(issue)
