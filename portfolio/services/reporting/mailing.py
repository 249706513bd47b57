"""Mailing an issue: one letter for each reader, with what their own eyes may see."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.letters import Enclosure, Letter
from kiwoomweb.notices.links import absolute
from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.services.posting import post
from portfolio import reports
from portfolio.models import ReportIssue, ReportReader, ReportText
from portfolio.selectors.reporting.eyes import eyes_of
from portfolio.selectors.reporting.plans import readers_of

__all__ = ["key_of", "letter_for", "letters_of", "mail_again"]

#: The parts of a mail, with amounts hidden or not.
Papers = Callable[[bool], "_Paper"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def letters_of(issue: ReportIssue, texts: Sequence[ReportText]) -> Iterator[Letter]:
    """Everybody's letter; who may not see the account any more gets none."""
    papers = _papers(issue, texts)
    for reader in readers_of(issue.plan):
        letter = letter_for(issue, reader, papers, key_of(issue, reader))
        if letter is not None:
            yield letter


def mail_again(issue: ReportIssue, reader: ReportReader) -> Delivery | None:
    """Once more to one reader, because a person has asked for it: the same report under a new number."""
    key = key_of(issue, reader)
    times = Delivery.objects.filter(key__startswith=f"{key}:again:").count()
    papers = _papers(issue, list(issue.texts.all()))
    letter = letter_for(issue, reader, papers, f"{key}:again:{times + 1}")
    return None if letter is None else post(letter)


def key_of(issue: ReportIssue, reader: ReportReader) -> str:
    """The reason of a letter: this issue, for this reader."""
    return f"report:{issue.code}:{reader.pk}"


class _Paper:
    """The mail's parts for one kind of eyes: drawn once, whoever shares them."""

    def __init__(self, issue: ReportIssue, text: ReportText) -> None:
        self.content = content = reports.taken_up(text.raw)
        plan = issue.plan
        self.pictures = reports.pictures(content)
        self.plain = reports.render_text(content)
        where = absolute(reverse("portfolio:report", args=[issue.account.code, issue.code]))
        with override(content.language):
            self.html = reports.render_html(content, links=((_("이 보고서의 페이지"), where),))
        name = f"kiwoomweb-{issue.kind}-{issue.last}"
        self.files: list[Enclosure] = []
        if plan.with_pdf:
            pdf = reports.render_pdf(content, self.pictures)
            self.files.append(Enclosure(f"{name}.pdf", "application/pdf", pdf))
        if plan.with_xlsx:
            self.files.append(Enclosure(f"{name}.xlsx", XLSX, reports.render_xlsx(content)))


def _papers(issue: ReportIssue, texts: Sequence[ReportText]) -> "Papers":
    return cache(lambda masked: _Paper(issue, next(text for text in texts if text.masked == masked)))


def letter_for(issue: ReportIssue, reader: ReportReader, papers: "Papers", key: str) -> Letter | None:
    """The letter of one reader; ``None`` when they may not get it (any more, or not yet)."""
    masked = reader.masked
    if reader.user is not None:
        eyes = eyes_of(reader.user, issue.account)
        if not eyes.sees:
            return None
        masked = masked or eyes.masked
    elif reader.agreed_at is None:
        return None
    to = reader.user.email if reader.user else reader.address
    sheet = papers(masked)
    return Letter(
        to=to,
        subject=sheet.content.subject,
        text=sheet.plain,
        html=sheet.html,
        pictures=sheet.pictures,
        files=sheet.files,
        key=key,
        kind=Kind.REPORT,
        scope=issue.plan.scope,
        list_name=sheet.content.title,
        user=reader.user or issue.plan.owner,
        account=issue.account,
    )
