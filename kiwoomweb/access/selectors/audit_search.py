"""Searching the audit trail of a team: by person, account, kind, days and words; newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from kiwoomweb.access.models import Account, AuditEntry, Team

__all__ = ["AuditQuestion", "actions_of", "entries_of", "people_of"]

SEOUL = ZoneInfo("Asia/Seoul")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """What is looked for; empty asks for everything. ``since`` and ``until`` are days in Korean time."""

    who: str = ""
    account: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    #: Only entries older than this one.
    before: int | None = None

    @classmethod
    def asked(cls, said: Mapping[str, str]) -> Self:
        """From an address; what makes no sense is left out."""
        text = {name: said.get(name, "").strip()[:LONGEST] for name in ("who", "account", "action", "words")}
        before = said.get("before", "")
        return cls(
            **text,
            since=_day(said.get("since", "")),
            until=_day(said.get("until", "")),
            before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
        )


def entries_of(team: Team, question: AuditQuestion) -> QuerySet[AuditEntry]:
    """The team's entries that fit, newest first. Those of an account that has left stay with this team."""
    found = AuditEntry.objects.filter(team=team).order_by("-pk")
    if question.who:
        found = found.filter(who=question.who)
    if question.account:
        found = found.filter(account__in=Account.objects.filter(code=question.account).values("pk"))
    if question.action:
        found = found.filter(action=question.action)
    if question.since:
        found = found.filter(at__gte=_midnight(question.since))
    if question.until:
        found = found.filter(at__lt=_midnight(question.until + timedelta(days=1)))
    if words := question.words:
        found = found.filter(Q(about__icontains=words) | Q(detail__icontains=words) | Q(ip__startswith=words))
    return found.filter(pk__lt=question.before) if question.before else found


def people_of(team: Team) -> list[str]:
    """Everybody with an entry, by address."""
    return list(_own(team).exclude(who="").order_by("who").values_list("who", flat=True).distinct())


def actions_of(team: Team) -> list[str]:
    """Every kind of entry there is."""
    return list(_own(team).order_by("action").values_list("action", flat=True).distinct())


def _own(team: Team) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(team=team)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SEOUL)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2999, 12, 30) else None
