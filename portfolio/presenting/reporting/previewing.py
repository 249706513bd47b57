"""A preview: what a plan would send this person now, of the accounts they may see. Nothing is kept."""

from django.utils import timezone

from kiwoomweb.access.models import User
from kiwoomweb.access.selectors import own_accounts
from portfolio import reports
from portfolio.models import ReportPlan
from portfolio.reports import Content, Part
from portfolio.selectors.days import clock_of
from portfolio.selectors.reporting.eyes import eyes_of
from portfolio.selectors.reporting.groups import plans_with
from portfolio.selectors.reporting.plans import days_at
from portfolio.spans import Period

__all__ = ["previewed"]


def previewed(plan: ReportPlan, user: User, *, masked: bool = False) -> Content:
    """The report of the days an issue due at this moment would be about; ``masked``: as those get it from whom
    amounts are hidden."""
    clock = clock_of(plan.account)
    first, last = days_at(plan, clock.now, clock.corrected)
    period, now = Period(f"{first}~{last}", first, last), timezone.now()
    parts = []
    among = [account.pk for account in own_accounts(user)]
    for each in plans_with(plan, among).filter(removed_at__isnull=True).select_related("account"):
        eyes = eyes_of(user, each.account)
        if eyes.sees:
            content = reports.build(
                plan.kind, each.account, period, now, masked=masked or eyes.masked, language=plan.language
            )
            parts.append(Part(each.account.name, content))
    return reports.joined(parts)
