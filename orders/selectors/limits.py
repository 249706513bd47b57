"""Limits read: what holds for an account and a member at this moment, due changes included."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.environment import Environment
from kiwoomweb.prepared import Prepared
from orders.limits import usual, with_figures
from orders.models import AccountLimits, DayLock, LimitChange
from orders.models import MemberLimits as MemberRow
from orders.situations import Limits, MemberLimits

__all__ = ["due", "limits_of", "locks_on", "member_limits_of", "open_changes", "settings_of"]

State = LimitChange.State


def limits_of(account: Account, now: datetime) -> Limits:
    """The account's limits; those usual for its environment, with trading off, before anybody has set any."""
    row = _limits.first(account=account.pk)
    plain = usual(Environment(account.environment))
    told = dict(_due.rows(account=account.pk, now=now))
    if row is None:
        return with_figures(plain, told)
    return with_figures(plain, {**row.figures, **told}, trading=row.trading, version=row.version)


def member_limits_of(account: Account, user: User, now: datetime) -> MemberLimits | None:
    """The member's own limits, ``None`` where nobody has set any."""
    row = MemberRow.objects.filter(account=account, user=user).first()
    told = settings_of(due(account, now, user))
    if row is None and not told:
        return None
    figures = {**(row.figures if row else {}), **told}
    held = row or MemberRow()
    return MemberLimits(
        max_order=figures.get("max_order"),
        max_day=figures.get("max_day"),
        symbols=frozenset(told.get("symbols", held.symbols)),
        opens=_clock(told["opens"]) if "opens" in told else held.opens,
        closes=_clock(told["closes"]) if "closes" in told else held.closes,
    )


def due(account: Account, now: datetime, member: User | None) -> "QuerySet[LimitChange]":
    """Agreed changes whose time has come and that nobody has written down yet, oldest first."""
    agreed = LimitChange.objects.filter(account=account, state=State.AGREED, acts_at__lte=now)
    return agreed.filter(member=member).order_by("acts_at", "pk")


def settings_of(changes: "QuerySet[LimitChange]") -> dict[str, Any]:
    """Name -> value of a row of changes, the last one counts."""
    return dict(changes.values_list("name", "after"))


def open_changes(account: Account) -> "QuerySet[LimitChange]":
    """Changes that wait for a second person or for their time, oldest first."""
    waiting = Q(state=State.ASKED) | Q(state=State.AGREED)
    people = "asked_by", "agreed_by", "member"
    found = LimitChange.objects.filter(waiting, account=account).select_related(*people)
    return found.order_by("asked_at", "pk")


def locks_on(account: Account, day: date) -> dict[str, DayLock]:
    """The day's locks by kind, opened ones included."""
    return {lock.kind: lock for lock in DayLock.objects.filter(account=account, day=day)}


def _clock(told: object) -> time | None:
    return time.fromisoformat(told) if isinstance(told, str) else None


_limits = Prepared(
    lambda account: AccountLimits.objects.filter(account=account).order_by("pk")[:1], account=int
)
_due = Prepared(
    lambda account, now: (
        LimitChange.objects.filter(account=account, state=State.AGREED, acts_at__lte=now, member__isnull=True)
        .order_by("acts_at", "pk")
        .values_list("name", "after")
    ),
    account=int,
    now=datetime,
)
