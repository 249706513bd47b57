"""Groups: plans of several accounts that are one to their readers, and the issues of one moment of theirs.

``among`` are the accounts of whoever asks: on a page nobody meets a plan of an account that is not theirs. The
worker that makes and mails leaves it out.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from portfolio.models import ReportIssue, ReportPlan

__all__ = ["is_complete", "moment_of", "plans_with"]


def plans_with(plan: ReportPlan, among: Collection[int] | None = None) -> "QuerySet[ReportPlan]":
    """The plan and those of other accounts that go with it, the one that leads first; removed ones too."""
    if not plan.together:
        return ReportPlan.objects.filter(pk=plan.pk, account=plan.account_id)
    rows = ReportPlan.objects.filter(together=plan.together).select_related("account").order_by("pk")
    return rows if among is None else rows.filter(account__in=list(among))


def moment_of(issue: ReportIssue) -> list[ReportIssue]:
    """The issue with those of the other accounts that were due with it, in the order of their plans."""
    if not issue.plan.together:
        return [issue]
    return list(_at(issue.plan.together, issue.due_at))


def is_complete(together: str, due_at: datetime) -> bool:
    """Whether no account's report of that moment is still to be opened or made."""
    plans = ReportPlan.objects.filter(together=together, paused_at__isnull=True, removed_at__isnull=True)
    if plans.filter(next_run__lte=due_at).exists():
        return False
    return not _at(together, due_at).filter(made_at__isnull=True, failed_at__isnull=True).exists()


def _at(together: str, due_at: datetime) -> "QuerySet[ReportIssue]":
    issues = ReportIssue.objects.filter(plan__together=together, due_at=due_at)
    return issues.select_related("plan", "plan__owner", "account").order_by("plan_id")
