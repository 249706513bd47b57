"""What the drill sends: daily reports that came due while nobody worked, to many readers, and a few alarms.

Each send is named by what a reader would call it, never by our own numbers: this report, of this day, to me.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil, isqrt

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, Membership, Team, User
from kiwoomweb.access.roles import Role
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import trading_days
from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.letters import Letter
from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.services.posting import post
from portfolio.models import ReportIssue, ReportPlan, ReportReader

__all__ = ["Scheduled", "Send", "lay", "scheduled_rows"]

#: (plan, the day it was due, reader).
Send = tuple[int, date, int]
#: What is older is made but no longer mailed (services.reporting.making).
BACK = timedelta(days=6)
#: One alarm to so many reports.
ALARMS = 20


@dataclass(frozen=True, slots=True)
class Scheduled:
    """``sends``: every report that is to arrive once; ``owner`` is told of what goes wrong with any of them."""

    account: Account
    owner: User
    sends: frozenset[Send]
    alarms: int


def lay(mails: int, name: str) -> Scheduled:
    """A team, its account, plans whose bells of the last days nobody heard: at least ``mails`` sends."""
    owner = User.objects.create_user(f"{name}@example.com", "a-long-enough-passphrase", display_name=name)
    team = Team.objects.create(name=name)
    Membership.objects.create(team=team, user=owner, role=Role.OWNER)
    account = Account.objects.create(team=team, name=name, number="8100009999", environment="paper")
    now = timezone.now().astimezone(SEOUL)
    # Twelve hours from any bell: none rings while the drill lasts.
    at = (now - timedelta(hours=12)).time().replace(microsecond=0)
    days = [day for day in trading_days((now - BACK).date(), now.date()) if _moment(day, at) < now]
    readers = isqrt(mails)
    plans = ceil(mails / readers / len(days))
    start = _moment(days[0], at)
    with transaction.atomic():
        sends = frozenset(
            (plan.pk, day, reader)
            for plan in (_plan(account, owner, start) for _ in range(plans))
            for reader in _readers(plan, readers)
            for day in days
        )
        alarms = max(mails // ALARMS, 1)
        for number in range(alarms):
            _alarm(owner, account, number)
    return Scheduled(account, owner, sends, alarms)


def scheduled_rows(stage: Scheduled) -> dict[str, Send]:
    """The send each report's letter is of, by its key in the outbox."""
    issues = ReportIssue.objects.filter(account=stage.account)
    by_code = {
        code: (plan, due_at.astimezone(SEOUL).date())
        for code, plan, due_at in issues.values_list("code", "plan_id", "due_at")
    }
    found = {}
    for key in Delivery.objects.filter(account=stage.account, kind=Kind.REPORT).values_list("key", flat=True):
        _report, code, reader = key.split(":")
        found[key] = (*by_code[code], int(reader))
    return found


def _plan(account: Account, owner: User, start: datetime) -> ReportPlan:
    weekly = {"every": "days", "weekdays": "01234", "at": start.time(), "holiday": "skip"}
    return ReportPlan.objects.create(
        account=account, owner=owner, kind="daily", with_pdf=False, next_run=start, **weekly
    )


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=SEOUL)


def _readers(plan: ReportPlan, count: int) -> list[int]:
    agreed = timezone.now()
    rows = [
        ReportReader(
            plan=plan, address=f"reader{n}.plan{plan.pk}@example.com", masked=n % 2 > 0, agreed_at=agreed
        )
        for n in range(count)
    ]
    ReportReader.objects.bulk_create(rows)
    return list(plan.readers.values_list("pk", flat=True))


def _alarm(owner: User, account: Account, number: int) -> None:
    post(
        Letter(
            to=f"alarm{number}@example.com",
            subject=f"손실 한도 {number}",
            text="하루 손실 한도에 닿았습니다.",
            key=f"alarm:{account.pk}:{number}",
            kind=Kind.LOSS_LIMIT,
            scope="notices",
            user=owner,
            account=account,
        )
    )
