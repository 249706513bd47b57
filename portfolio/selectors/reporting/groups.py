"""Groups: plans of several accounts that are one to their readers, and the issues of one moment of theirs."""

from datetime import datetime

from django.db.models import Q, QuerySet

from portfolio.models import ReportIssue, ReportPlan

__all__ = ["is_complete", "lead_of", "moment_of", "plans_with"]


def plans_with(plan: ReportPlan) -> "QuerySet[ReportPlan]":
    """The plan and those of other accounts that go with it, the one that leads first; removed ones too."""
    if not plan.together:
        return ReportPlan.objects.filter(pk=plan.pk)
    return ReportPlan.objects.filter(together=plan.together).select_related("account").order_by("pk")


def lead_of(plan: ReportPlan) -> ReportPlan:
    """Whose readers get it: the plan that was made first."""
    return plan if plan.leads else plans_with(plan).get(code=plan.together)


def moment_of(issue: ReportIssue) -> list[ReportIssue]:
    """The issue with those of the other accounts that were due with it, in the order of their plans."""
    if not issue.plan.together:
        return [issue]
    return list(_at(issue.plan.together, issue.due_at))


def is_complete(together: str, due_at: datetime) -> bool:
    """Whether no account's report of that moment is still to be opened or made."""
    plans = ReportPlan.objects.filter(together=together, paused_at__isnull=True, removed_at__isnull=True)
    if plans.filter(Q(next_run__lte=due_at)).exists():
        return False
    return not _at(together, due_at).filter(made_at__isnull=True, failed_at__isnull=True).exists()


def _at(together: str, due_at: datetime) -> "QuerySet[ReportIssue]":
    issues = ReportIssue.objects.filter(plan__together=together, due_at=due_at)
    return issues.select_related("plan", "plan__owner", "account").order_by("plan_id")
