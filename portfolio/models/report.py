"""Reports: the plan somebody made, who gets it, each issue of it, and what the issue says."""

import zlib
from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models.account import new_code

__all__ = ["ReportEvery", "ReportHoliday", "ReportIssue", "ReportPlan", "ReportReader", "ReportText"]


class ReportEvery(models.TextChoices):
    """See ``analytics.reporting.timing.Every``."""

    KRX = "krx", _("매 거래일, KRX 마감 뒤")
    NXT = "nxt", _("매 거래일, NXT 마감 뒤")
    DAYS = "days", _("고른 요일마다")
    WEEK = "week", _("매주")
    MONTH = "month", _("매월")
    YEAR = "year", _("매년")


class ReportHoliday(models.TextChoices):
    """See ``analytics.reporting.timing.Holiday``."""

    NEXT = "next", _("다음 거래일에 보냅니다")
    PREVIOUS = "previous", _("앞 거래일에 보냅니다")
    SKIP = "skip", _("건너뜁니다")
    ANYWAY = "anyway", _("휴장일에도 보냅니다")


class ReportPlan(models.Model):
    """One report of one account by one timetable. ``shared``: the team's, else its owner's own.

    ``next_run`` is both clock and claim: whoever moves it on by a conditional update has made that issue. It is
    the account's clock, so that the practice market's days count there. Empty: to be reckoned from now on.
    ``together``: the code of the plan that leads, where plans of several accounts go as one mail; it names
    itself.
    """

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="report_plans")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="report_plans"
    )
    shared = models.BooleanField(default=False)
    kind = models.CharField(max_length=20)
    every = models.CharField(max_length=6, choices=ReportEvery.choices)
    at = models.TimeField(default=time(18))
    #: Monday is 0: ``024``.
    weekdays = models.CharField(max_length=7, default="4")
    day = models.PositiveSmallIntegerField(default=1)
    month = models.PositiveSmallIntegerField(default=1)
    holiday = models.CharField(max_length=10, choices=ReportHoliday.choices, default=ReportHoliday.NEXT)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="ko")
    with_pdf = models.BooleanField(default=True)
    with_xlsx = models.BooleanField(default=False)
    with_csv = models.BooleanField(default=False)
    together = models.CharField(max_length=10, blank=True, default="", db_index=True)
    next_run = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=("next_run",),
                condition=models.Q(paused_at__isnull=True, removed_at__isnull=True),
                name="report_plan_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.every}"

    @property
    def leads(self) -> bool:
        """Whether its readers are the ones that count."""
        return self.together in {"", self.code}

    @property
    def scope(self) -> str:
        """What a reader unsubscribes from."""
        return f"report:{self.code}"


class ReportReader(models.Model):
    """Who gets a plan's mails: a member of the team, by their own rights, or an outside address that agreed.

    ``masked`` hides amounts although the reader might see them. An outside address has no ``user``; before
    ``agreed_at`` it gets nothing but the question.
    """

    plan = models.ForeignKey(ReportPlan, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    address = models.EmailField(blank=True)
    masked = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "user"), condition=models.Q(user__isnull=False), name="reader_once_by_person"
            ),
            models.UniqueConstraint(
                fields=("plan", "address"), condition=~models.Q(address=""), name="reader_once_by_address"
            ),
        )

    def __str__(self) -> str:
        return str(self.user or self.address)

    @property
    def mailbox(self) -> str:
        """Where it goes, in lower case."""
        return (self.user.email if self.user else self.address).lower()


class ReportIssue(models.Model):
    """One time a plan was due. There is one for each moment, whoever notices it and however late.

    ``as_of`` (our clock) is set when it is first being made and never changed: whoever makes it again after a
    crash tells the same knowledge. ``made_at`` empty: being made, or waiting to be.
    """

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    plan = models.ForeignKey(ReportPlan, on_delete=models.PROTECT, related_name="issues")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="report_issues")
    kind = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    first = models.DateField()
    last = models.DateField()
    opened_at = models.DateTimeField(auto_now_add=True)
    as_of = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    #: When its mails were put into the outbox; empty for one that came too late to be mailed.
    mailed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-due_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("plan", "due_at"), name="one_issue_per_moment"),)
        indexes = (
            models.Index(
                fields=("claimed_until",),
                condition=models.Q(made_at__isnull=True, failed_at__isnull=True),
                name="report_issue_open",
            ),
            models.Index(fields=("account", "-due_at"), name="report_issue_of_account"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.first}~{self.last}"


class ReportText(models.Model):
    """What an issue says to one kind of eyes. Papers are drawn from it alone, at any time the same."""

    issue = models.ForeignKey(ReportIssue, on_delete=models.PROTECT, related_name="texts")
    masked = models.BooleanField()
    language = models.CharField(max_length=5)
    #: zlib of ``portfolio.reports.kept``.
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issue", "masked", "language"), name="one_text_per_reader_kind"),
        )

    def __str__(self) -> str:
        return f"{self.issue} {self.language}"

    @property
    def raw(self) -> bytes:
        """The content as it was kept."""
        return zlib.decompress(self.content)
