"""Telling of an issue: a word in the browser that it is there, or that it could not be made."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.access.models import User
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.services.notifying import notify
from portfolio.models import ReportIssue
from portfolio.selectors.reporting.eyes import eyes_of
from portfolio.selectors.reporting.plans import readers_of

__all__ = ["tell", "tell_of_failure"]


def tell(issue: ReportIssue) -> None:
    """Everybody who gets it and may open its page; the owner too."""
    people = {reader.user for reader in readers_of(issue.plan) if reader.user} | {issue.plan.owner}
    for user in people:
        if user is not None and eyes_of(user, issue.account).sees:
            _say(user, issue, _("보고서가 나왔습니다: %(span)s"))


def tell_of_failure(issue: ReportIssue) -> None:
    """Its owner, who can try again on the page."""
    if issue.plan.owner is not None:
        _say(issue.plan.owner, issue, _("보고서를 만들지 못했습니다: %(span)s"), urgent=True)


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
