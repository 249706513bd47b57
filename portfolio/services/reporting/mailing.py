"""Mailing an issue: one letter for each reader, with what their own eyes may see of each account."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.letters import UNSUBSCRIBE, Enclosure, Letter
from kiwoomweb.notices.links import absolute
from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.services.posting import post
from portfolio import reports
from portfolio.models import ReportIssue, ReportReader, ReportText
from portfolio.reports import Content, Part
from portfolio.selectors.reporting.eyes import eyes_of
from portfolio.selectors.reporting.groups import moment_of
from portfolio.selectors.reporting.plans import readers_of

__all__ = ["issue_of", "key_of", "letter_for", "letters_of", "mail_again", "mail_again_to"]

#: What a reader sees: (place of the issue, with amounts hidden) of each account.
Sight = tuple[tuple[int, bool], ...]
Papers = Callable[[Sight], "_Paper"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def letters_of(issues: Sequence[ReportIssue], texts: Sequence[ReportText] | None = None) -> Iterator[Letter]:
    """Everybody's letter about the issues of one moment, the first of them leading; who may see none of the
    accounts any more gets none. ``texts`` are those of a single issue that are not kept yet."""
    papers = _papers(issues, texts)
    for reader in readers_of(issues[0].plan):
        letter = letter_for(issues, reader, papers, key_of(issues[0], reader))
        if letter is not None:
            yield letter


def mail_again(issue: ReportIssue, reader: ReportReader) -> Delivery | None:
    """Once more to one reader, because a person has asked for it: the same report under a new number."""
    issues = moment_of(issue)
    key = key_of(issues[0], reader)
    times = Delivery.objects.filter(key__startswith=f"{key}:again:").count()
    letter = letter_for(issues, reader, _papers(issues, None), f"{key}:again:{times + 1}")
    return None if letter is None else post(letter)


def mail_again_to(issue_id: int, reader_id: int) -> None:
    """The same by numbers, where a worker does it; nothing when either is gone meanwhile."""
    issue = ReportIssue.objects.filter(pk=issue_id).select_related("plan", "account").first()
    reader = ReportReader.objects.filter(pk=reader_id).select_related("user").first()
    if issue is not None and reader is not None:
        mail_again(issue, reader)


def key_of(issue: ReportIssue, reader: ReportReader) -> str:
    """The reason of a letter: this issue, for this reader."""
    return f"report:{issue.code}:{reader.pk}"


def issue_of(key: str) -> str:
    """The code of the issue a letter with that reason is about."""
    return [*key.split(":"), ""][1]


class _Paper:
    """The mail's parts for one kind of eyes: drawn once, whoever shares them."""

    def __init__(self, seen: Sequence[tuple[ReportIssue, Content | None]]) -> None:
        self.issues = [issue for issue, _content in seen]
        self.parts = [Part(issue.account.name, content) for issue, content in seen]
        self.content = reports.joined(self.parts)
        self.pictures = reports.pictures(self.content)
        self.plain = reports.render_text(self.content)

    @cached_property
    def html(self) -> str:
        with override(self.content.language):
            return reports.render_fitting(self.parts, links=tuple(self._links()))

    def _links(self) -> Iterator[tuple[str, str]]:
        for issue in self.issues:
            words = _("이 보고서의 페이지")
            if len(self.issues) > 1:
                words = f"{words}: {issue.account.name}"
            yield words, absolute(reverse("portfolio:report", args=[issue.account.code, issue.code]))
        yield _("수신 거부"), UNSUBSCRIBE

    @cached_property
    def shown(self) -> dict[str, bytes]:
        """The pictures the mail shows; a shortened one names fewer."""
        return {cid: png for cid, png in self.pictures.items() if f"cid:{cid}" in self.html}

    @cached_property
    def files(self) -> list[Enclosure]:
        first, content = self.issues[0], self.content
        plan, name = first.plan, f"kiwoomweb-{first.kind}-{first.last}"
        found: list[Enclosure] = []
        if plan.with_pdf:
            pdf = reports.render_pdf(content, self.pictures)
            found.append(Enclosure(f"{name}.pdf", "application/pdf", pdf))
        if plan.with_xlsx:
            found.append(Enclosure(f"{name}.xlsx", XLSX, reports.render_xlsx(content)))
        if plan.with_csv:
            tables = reports.render_csvs(content)
            found += [Enclosure(f"{name}-{table}.csv", "text/csv", file) for table, file in tables]
        return found


def _papers(issues: Sequence[ReportIssue], texts: Sequence[ReportText] | None) -> Papers:
    """``texts``: of the only issue, when they are not in the database yet."""

    def content(place: int, masked: bool) -> Content | None:
        if issues[place].made_at is None and texts is None:
            return None
        rows = texts if texts is not None else issues[place].texts.all()
        return reports.taken_up(next(text for text in rows if text.masked == masked).raw)

    return cache(lambda sight: _Paper([(issues[place], content(place, masked)) for place, masked in sight]))


def letter_for(issues: Sequence[ReportIssue], reader: ReportReader, papers: Papers, key: str) -> Letter | None:
    """The letter of one reader; ``None`` when they may not get it (any more, or not yet)."""
    sight, takes = _sight(issues, reader)
    if not sight or all(issues[place].made_at is None and len(issues) > 1 for place, _masked in sight):
        return None
    first, sheet = issues[0], papers(sight)
    return Letter(
        to=reader.user.email if reader.user else reader.address,
        subject=sheet.content.subject,
        text=sheet.plain,
        html=sheet.html,
        pictures=sheet.shown,
        files=sheet.files if takes else (),
        key=key,
        kind=Kind.REPORT,
        scope=first.plan.scope,
        list_name=sheet.content.title,
        user=reader.user or first.plan.owner,
        account=issues[sight[0][0]].account,
    )


def _sight(issues: Sequence[ReportIssue], reader: ReportReader) -> tuple[Sight, bool]:
    """Which accounts the reader sees now, and which of them without amounts; and whether they may take files
    of all of them away. Whoever has agreed outside has the eyes of the plan's owner: nobody shows others what
    they may not see themselves (any more)."""
    outside = issues[0].plan.owner if reader.agreed_at is not None else None
    person = reader.user or outside
    if person is None:
        return (), False
    eyes = [eyes_of(person, issue.account) for issue in issues]
    sight = tuple((place, reader.masked or one.masked) for place, one in enumerate(eyes) if one.sees)
    return sight, all(one.takes for one in eyes if one.sees)
