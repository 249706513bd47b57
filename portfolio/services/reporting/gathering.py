"""Gathering: the issues of several accounts that are one to their readers leave as one letter each.

Whoever makes the last of a moment posts; the bell looks for what was left behind. Both hold the leading plan's
row while they look, so that of two who finish together the second sees both.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kiwoomweb.notices.services.posting import post
from portfolio.models import ReportIssue, ReportPlan
from portfolio.selectors.days import clock_of
from portfolio.selectors.reporting.groups import is_complete, moment_of
from portfolio.services.reporting.mailing import letters_of
from portfolio.services.reporting.telling import tell

__all__ = ["LATEST", "gather_left", "try_to_gather"]

log = logging.getLogger(__name__)

#: What comes later than this after its moment is kept, but no longer mailed.
LATEST = timedelta(days=7)


def try_to_gather(issue: ReportIssue) -> bool:
    """``_gather``; what one moment stumbles over keeps nobody else back and is tried again by the bell."""
    try:
        return _gather(issue)
    except Exception:
        log.exception("the letters of report %s were not posted", issue.code)
        return False


def _gather(issue: ReportIssue) -> bool:
    """Post the letters of the issue's moment if nothing of it is missing any more. Whether that was now."""
    with transaction.atomic():
        lead = ReportPlan.objects.select_for_update().get(code=issue.plan.together)
        if not is_complete(lead.code, issue.due_at):
            return False
        waiting = ReportIssue.objects.filter(
            plan__together=lead.code, due_at=issue.due_at, mailed_at__isnull=True
        )
        waiting = waiting.filter(made_at__isnull=False)
        if not waiting.exists():
            return False
        issues = moment_of(issue)
        letters = list(letters_of(issues))
        for letter in letters:
            post(letter)
        if letters:
            waiting.update(mailed_at=timezone.now())
        tell(issues)
    return True


def gather_left() -> int:
    """What nobody posted, because they died or because the last of a moment failed. How many moments."""
    made = ReportIssue.objects.exclude(plan__together="").filter(
        made_at__gte=timezone.now() - LATEST, mailed_at__isnull=True
    )
    moments: dict[tuple[str, datetime], ReportIssue] = {}
    for issue in made.select_related("plan", "account").order_by("due_at", "pk"):
        if clock_of(issue.account).now - issue.due_at <= LATEST:
            moments.setdefault((issue.plan.together, issue.due_at), issue)
    return sum(map(try_to_gather, moments.values()))
