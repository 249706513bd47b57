"""Planning: make, change, pause and remove plans, and say who gets them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.hardening.tenancy import across_accounts, opened
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.services.auditing import record
from kiwoomweb.notices.letters import Letter
from kiwoomweb.notices.links import absolute
from kiwoomweb.notices.services.posting import post
from portfolio.models import ReportPlan, ReportReader
from portfolio.selectors.days import clock_of
from portfolio.selectors.reporting.eyes import eyes_of
from portfolio.selectors.reporting.groups import plans_with
from portfolio.services.reporting.aligning import follow
from portfolio.services.reporting.opening import settle_next

__all__ = [
    "MOST",
    "agree",
    "change",
    "make",
    "pause",
    "read_question",
    "remove",
    "set_accounts",
    "set_outsiders",
    "set_readers",
]

#: Plans of one account, and addresses outside the team of one plan.
MOST = 40
SALT = "kiwoomweb.reports.reader"


def make(owner: User, account: Account, wish: Mapping[str, Any]) -> ReportPlan | None:
    """A new plan, its owner its first reader; ``None`` when there are too many. ``wish``: columns by name."""
    with transaction.atomic():
        if ReportPlan.objects.filter(account=account, removed_at__isnull=True).count() >= MOST:
            return None
        plan = ReportPlan.objects.create(account=account, owner=owner, **wish)
        ReportReader.objects.create(plan=plan, user=owner)
    record("report.planned", by=owner, account=account, about=f"{plan.kind} {plan.every}")
    settle_next(plan, clock_of(account))
    return plan


def change(plan: ReportPlan, wish: Mapping[str, Any], by: User | None = None) -> None:
    """Another timetable or content. What was due by the old one and not opened yet is not due any more.

    A plan whose owner may not plan any more is from now on that of whoever changes it (``by``): addresses
    outside see what its owner sees.
    """
    orphaned = plan.owner is None or not eyes_of(plan.owner, plan.account).plans
    heir = {"owner": by} if by is not None and orphaned else {}
    ReportPlan.objects.filter(pk=plan.pk).update(**wish, **heir, next_run=None)
    plan.refresh_from_db()
    settle_next(plan, clock_of(plan.account))


def pause(plan: ReportPlan, paused: bool) -> None:
    """Moments that pass meanwhile are not made up for."""
    ReportPlan.objects.filter(pk=plan.pk).update(paused_at=timezone.now() if paused else None, next_run=None)
    plan.refresh_from_db()
    settle_next(plan, clock_of(plan.account))


def remove(plan: ReportPlan) -> None:
    """Out of sight; its issues stay on their pages."""
    ReportPlan.objects.filter(pk=plan.pk, removed_at__isnull=True).update(removed_at=timezone.now())


def set_accounts(plan: ReportPlan, wanted: Sequence[Account], offered: Sequence[Account]) -> None:
    """Of the accounts ``offered`` exactly the ``wanted`` go with it, each as a plan that follows this one.

    Whoever asks may plan for all that are offered, and their clocks are the same. Accounts they do not see any
    more stay as they are.
    """
    with transaction.atomic():
        standing = {each.account_id: each for each in plans_with(plan, [one.pk for one in offered])}
        gone = [each.pk for account, each in standing.items() if account not in {one.pk for one in wanted}]
        mine = ReportPlan.objects.filter(account__in=[one.pk for one in offered], pk__in=gone)
        mine.filter(removed_at__isnull=True).update(removed_at=timezone.now())
        if wanted and not plan.together:
            plan.together = plan.code
            plan.save(update_fields=["together"])
        for account in wanted:
            each = standing.get(account.pk) or ReportPlan(account=account)
            if each.removed_at is not None:
                each.removed_at, each.next_run = None, None
                each.save(update_fields=["removed_at", "next_run"])
            follow(each, plan)


def set_readers(plan: ReportPlan, people: Mapping[User, bool]) -> None:
    """Exactly these members get it; the value says whether amounts are hidden from them."""
    with transaction.atomic():
        rows = plan.readers.filter(user__isnull=False)
        rows.exclude(user__in=list(people)).update(removed_at=timezone.now())
        for user, masked in people.items():
            ReportReader.objects.update_or_create(
                plan=plan, user=user, defaults={"masked": masked, "removed_at": None}
            )


def set_outsiders(plan: ReportPlan, addresses: Mapping[str, bool]) -> None:
    """Exactly these outside addresses; a new one is asked first and gets nothing before it has agreed."""
    with transaction.atomic():
        rows = plan.readers.filter(user__isnull=True)
        rows.exclude(address__in=list(addresses)).update(removed_at=timezone.now(), agreed_at=None)
        for address, masked in addresses.items():
            reader, new = ReportReader.objects.update_or_create(
                plan=plan, address=address, defaults={"masked": masked, "removed_at": None}
            )
            if new:
                record("report.outsider_added", by=plan.owner, account=plan.account, about=address)
            if reader.agreed_at is None:
                _ask(reader)


def read_question(token: str) -> ReportReader | None:
    """The reader somebody was asked to be, by the link of the mail; ``None`` for nonsense and old questions."""
    try:
        number = int(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    asked = ReportReader.objects.filter(pk=number, removed_at__isnull=True, plan__removed_at__isnull=True)
    with across_accounts("the signed link names this row and no other"):
        reader = asked.select_related("plan__account__team", "plan__owner").first()
    if reader is not None:
        opened(reader.plan.account_id, "whoever was asked to read may answer")
    return reader


def agree(reader: ReportReader) -> None:
    """The address wants it."""
    asked = ReportReader.objects.filter(pk=reader.pk, agreed_at__isnull=True)
    if asked.update(agreed_at=timezone.now()):
        record("report.outsider_agreed", by=None, account=reader.plan.account, about=reader.address)


def _ask(reader: ReportReader) -> None:
    plan = reader.plan
    link = absolute(reverse("portfolio:report_agree", args=[signing.dumps(reader.pk, salt=SALT)]))
    words = _(
        "%(who)s님이 이 주소로 KiwoomWeb 매매 보고서를 보내려 합니다. 받으시려면 아래 주소를 열어 동의하세요. "
        "아무것도 하지 않으면 보고서는 오지 않습니다."
    ) % {"who": plan.owner or "?"}
    post(
        Letter(
            to=reader.address,
            subject=_("매매 보고서를 받으시겠습니까?"),
            text=f"{words}\n\n{link}\n",
            # Once a day at most, however often the form is saved.
            key=f"report-question:{reader.pk}:{timezone.localdate()}",
            scope=plan.scope,
            list_name=_("매매 보고서"),
            user=plan.owner,
            account=plan.account,
        )
    )
