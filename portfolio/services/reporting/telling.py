"""Telling of an issue: a word in the browser that it is there, or that it could not be made."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.access.models import User
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.services.notifying import notify
from kiwoomweb.notices.services.troubling import tell as tell_what_became
from portfolio.models import ReportIssue
from portfolio.selectors.reporting.eyes import eyes_of
from portfolio.selectors.reporting.plans import readers_of
from portfolio.services.reporting.mailing import issue_of

__all__ = ["tell", "tell_of_failure", "tell_of_mail"]


def tell(issues: Sequence[ReportIssue]) -> None:
    """Everybody who gets it and may open a page of it, the first they may; the owner too."""
    plan = issues[0].plan
    for user in {reader.user for reader in readers_of(plan) if reader.user} | {plan.owner}:
        if user is None:
            continue
        for issue in issues:
            if issue.made_at is not None and eyes_of(user, issue.account).sees:
                _say(user, issue, _("보고서가 나왔습니다: %(span)s"))
                break


def tell_of_failure(issue: ReportIssue) -> None:
    """Its owner, who can try again on the page."""
    if issue.plan.owner is not None:
        _say(issue.plan.owner, issue, _("보고서를 만들지 못했습니다: %(span)s"), urgent=True)


def tell_of_mail(row: Delivery) -> None:
    """A report that did not reach its reader: whoever planned it is told, too, and which reader it was."""
    issue = ReportIssue.objects.filter(code=issue_of(row.key)).select_related("plan__owner", "account").first()
    owner = issue.plan.owner if issue else None
    if issue is None or owner is None or owner.pk == row.user_id or not eyes_of(owner, issue.account).sees:
        return
    url = reverse("portfolio:report", args=[issue.account.code, issue.code])
    tell_what_became(owner, row, f"{row.to}, {row.subject}"[:120], url)


def _say(user: User, issue: ReportIssue, words: str, *, urgent: bool = False) -> None:
    span = str(issue.last) if issue.first == issue.last else f"{issue.first} ~ {issue.last}"
    with override(user.language or "ko"):
        title = words % {"span": span}
    notify(
        user,
        Kind.REPORT,
        f"{issue.code}:{issue.failed_at is not None}",
        title=title,
        text=issue.account.name,
        url=reverse("portfolio:report", args=[issue.account.code, issue.code]),
        account=issue.account,
        urgent=urgent,
    )
