"""보고서: the plans of an account with what comes next, the issues there are, one issue with its mails."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors import own_accounts
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.selectors.deliveries import TROUBLE
from kiwoomweb.notices.selectors.opt_outs import left
from portfolio import reports
from portfolio.models import ReportIssue, ReportPlan, ReportReader, ReportText
from portfolio.presenting.reporting.words import kind_name, timetable_words
from portfolio.reports import Content
from portfolio.selectors.reporting.eyes import Eyes, eyes_of
from portfolio.selectors.reporting.groups import plans_with
from portfolio.selectors.reporting.plans import plans_of, readers_of
from portfolio.services.reporting.mailing import issue_of, key_of

__all__ = ["IssuePage", "ReportsPage", "content_for", "issues_for", "shown_preview"]

#: Issues listed at once.
MOST = 60


@dataclass
class PlanLine:
    """A plan as the list shows it, of the accounts its reader sees; one that goes with another is changed
    where that one is."""

    plan: ReportPlan
    among: list[int]

    @cached_property
    def name(self) -> str:
        return kind_name(self.plan.kind)

    @cached_property
    def words(self) -> str:
        return timetable_words(self.plan)

    @cached_property
    def readers(self) -> list[ReportReader]:
        return list(readers_of(self.plan))

    @cached_property
    def left(self) -> frozenset[str]:
        """Addresses that have unsubscribed from it."""
        return left(self.plan.scope)

    @cached_property
    def together(self) -> list[ReportPlan]:
        """Those that go in one mail."""
        return list(plans_with(self.plan, self.among).filter(removed_at__isnull=True))

    @cached_property
    def lead(self) -> str:
        """The account whose plan leads; blank for one that is not theirs."""
        return next((plan.account.name for plan in self.together if plan.leads), "")


@dataclass
class ReportsPage:
    """Everything about reports a person may see of the account."""

    account: Account
    user: User
    #: Issues older than that one are listed; blank: from the newest on.
    before: str = ""

    @cached_property
    def eyes(self) -> Eyes:
        return eyes_of(self.user, self.account)

    @cached_property
    def plans(self) -> list[PlanLine]:
        among = [account.pk for account in own_accounts(self.user)]
        return [PlanLine(plan, among) for plan in plans_of(self.user, self.account)]

    @cached_property
    def _rows(self) -> list[ReportIssue]:
        """One more than is shown, to know whether there are older ones."""
        rows = issues_for(self.user, self.account)
        last = rows.filter(code=self.before).first() if self.before else None
        if last is not None:
            earlier = Q(due_at__lt=last.due_at) | Q(due_at=last.due_at, pk__lt=last.pk)
            rows = rows.filter(earlier)
        return list(rows[: MOST + 1])

    @cached_property
    def issues(self) -> list[tuple[ReportIssue, str]]:
        return [(row, kind_name(row.kind)) for row in self._rows[:MOST]]

    @cached_property
    def undelivered(self) -> frozenset[str]:
        """Issues of which a mail ended badly and nobody has put it away; for those who plan."""
        rows = Delivery.objects.filter(account=self.account, kind=Kind.REPORT, state__in=TROUBLE)
        keys = rows.filter(seen_at__isnull=True).values_list("key", flat=True) if self.eyes.plans else ()
        return frozenset(issue_of(key) for key in keys)

    @property
    def older(self) -> str:
        """The issue after which the next page begins; blank on the last one."""
        return self._rows[MOST - 1].code if len(self._rows) > MOST else ""


@dataclass
class IssuePage:
    """One issue as this person may see it."""

    account: Account
    user: User
    issue: ReportIssue

    @cached_property
    def eyes(self) -> Eyes:
        return eyes_of(self.user, self.account)

    @cached_property
    def content(self) -> Content | None:
        return content_for(self.issue, self.user)

    @cached_property
    def body(self) -> SafeString:
        """The report in the product's look."""
        if self.content is None:
            return SafeString("")
        code, number = self.account.code, self.issue.code
        return reports.render_page(
            self.content, lambda cid: reverse("portfolio:report_picture", args=[code, number, cid])
        )

    @cached_property
    def mails(self) -> list[tuple[ReportReader, list[Delivery]]]:
        """Who was to get it, and what became of their letters, the newest first; for those who plan."""
        if not (self.eyes.plans and self.issue.plan.leads):
            return []
        readers = list(readers_of(self.issue.plan))
        sent = Delivery.objects.filter(key__startswith=f"report:{self.issue.code}:")
        rows = sent.defer("content").order_by("-pk")
        found = {reader.pk: [row for row in rows if _is_of(row, self.issue, reader)] for reader in readers}
        return [(reader, found[reader.pk]) for reader in readers]

    @property
    def name(self) -> str:
        return kind_name(self.issue.kind)

    @property
    def text(self) -> ReportText | None:
        return text_for(self.issue, self.user)


def issues_for(user: User, account: Account) -> "QuerySet[ReportIssue]":
    """Issues of the plans a person sees, the newest first; removed plans' too: a page once given is there for
    good."""
    reads = ReportReader.objects.filter(user=user, plan__account=account).values("plan")
    wanted = Q(plan__shared=True) | Q(plan__owner=user) | Q(plan__in=reads)
    return ReportIssue.objects.filter(wanted, account=account).select_related("plan")


def text_for(issue: ReportIssue, user: User) -> ReportText | None:
    """What the issue says to this person now; ``None`` while it has not been made."""
    reader = issue.plan.readers.filter(user=user, removed_at__isnull=True).first()
    own = issue.plan.owner_id == user.pk
    masked = eyes_of(user, issue.account).masked or (reader is not None and reader.masked and not own)
    return issue.texts.filter(masked=masked).first()


def content_for(issue: ReportIssue, user: User) -> Content | None:
    """The kept content of that text."""
    text = text_for(issue, user)
    return None if text is None else reports.taken_up(text.raw)


def shown_preview(content: Content) -> SafeString:
    """A report that is kept nowhere: its pictures are part of the page."""
    drawn = reports.pictures(content)
    return reports.render_page(
        content, lambda cid: f"data:image/png;base64,{b64encode(drawn[cid]).decode()}" if cid in drawn else ""
    )


def picture_of(content: Content, cid: str) -> bytes:
    """One picture of the content. Raises ``Http404`` for a name it does not have."""
    drawn = reports.pictures(content)
    if cid not in drawn:
        raise Http404
    return drawn[cid]


def _is_of(row: Delivery, issue: ReportIssue, reader: ReportReader) -> bool:
    key = key_of(issue, reader)
    return row.key == key or row.key.startswith(f"{key}:")
