"""The audit page: entries as lines, and the same as a sheet to take away."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.access.agents import short_name
from kiwoomweb.access.models import Account, AuditEntry, Team
from kiwoomweb.access.presenting.audit_detail import page_in, said_in
from kiwoomweb.access.selectors.audit_search import AuditQuestion, actions_of, entries_of, people_of
from kiwoomweb.access.sentences_of_audit import words_of
from kiwoomweb.ui.takeaway import Column, Form, Sheet, Value

__all__ = ["AuditPage", "sheet_of"]

PAGE = 100

COLUMNS = (
    Column(gettext_lazy("시각"), Form.MOMENT), Column(gettext_lazy("사람")), Column(gettext_lazy("한 일")),
    Column(gettext_lazy("이름")), Column(gettext_lazy("계좌")), Column(gettext_lazy("무엇을")),
    Column(gettext_lazy("자세히")), Column("IP"), Column(gettext_lazy("브라우저")),
    Column(gettext_lazy("접속")), Column(gettext_lazy("번호"), Form.WHOLE), Column(gettext_lazy("봉인")),
)  # fmt: skip


@dataclass(frozen=True)
class AuditPage:
    """What the template shows."""

    team: Team
    question: AuditQuestion

    @cached_property
    def entries(self) -> list[AuditEntry]:
        return list(entries_of(self.team, self.question)[: PAGE + 1])

    @cached_property
    def accounts(self) -> dict[int, Account]:
        """Those the entries speak of; the team's own can be chosen."""
        named = {entry.account_id for entry in self.entries if entry.account_id}
        own = {account.pk: account for account in self.team.accounts.order_by("pk")}
        return own | {account.pk: account for account in Account.objects.filter(pk__in=named - own.keys())}

    @property
    def own_accounts(self) -> list[Account]:
        return [account for account in self.accounts.values() if account.team_id == self.team.pk]

    @property
    def people(self) -> list[str]:
        return people_of(self.team)

    @property
    def actions(self) -> list[tuple[str, str]]:
        return sorted(
            ((action, words_of(action)) for action in actions_of(self.team)), key=lambda pair: pair[1]
        )

    @property
    def lines(self) -> SafeString:
        """The rows of the table, ready made."""
        rows = (self._row(entry) for entry in self.entries[:PAGE])
        return format_html_join("", ROW, rows)

    @property
    def older(self) -> str:
        """The address of what came before; empty on the last page."""
        if len(self.entries) <= PAGE:
            return ""
        return f"?{self._query(before=self.entries[PAGE - 1].pk)}"

    @property
    def query(self) -> str:
        return self._query(before=None)

    def _query(self, before: int | None) -> str:
        said = {each.name: getattr(self.question, each.name) for each in fields(self.question)}
        said["before"] = before
        return urlencode({name: value for name, value in said.items() if value})

    def _row(self, entry: AuditEntry) -> tuple[str, ...]:
        account = self.accounts.get(entry.account_id or 0)
        return (
            f"{localtime(entry.at):%Y-%m-%d}",
            f"{localtime(entry.at):%H:%M:%S}",
            entry.who or _("프로그램"),
            words_of(entry.action),
            str(account) if account else "",
            _about(entry),
            entry.ip,
            entry.agent,
            short_name(entry.agent) if entry.agent else "",
        )


ROW = (
    '<tr><td class="nowrap">{} <b>{}</b></td><td>{}</td><td>{}</td><td>{}</td><td class="about">{}</td>'
    '<td>{}<small class="sub" title="{}">{}</small></td></tr>'
)


def sheet_of(team: Team, question: AuditQuestion) -> Sheet:
    """Every entry that fits, however many; text is guarded against formulas by the writers."""
    return Sheet(_("감사 기록"), COLUMNS, _rows(team, question))


def _rows(team: Team, question: AuditQuestion) -> Iterator[tuple[Value, ...]]:
    names = {account.pk: str(account) for account in Account.objects.filter(team=team)}
    for entry in entries_of(team, question).iterator(2000):
        account = names.get(entry.account_id or 0, "")
        told = (entry.at, entry.who, words_of(entry.action), entry.action, account, entry.about, entry.detail)
        yield (*told, entry.ip, entry.agent, entry.session[:8], entry.number, entry.seal)


def _about(entry: AuditEntry) -> SafeString | str:
    page, said = page_in(entry), said_in(entry)
    return format_html('{}<small class="sub">{}</small>', said, page) if page else said
