"""Which accounts a person may see and with which right. The filter is in the query, never in a template."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from kiwoomweb.access.models import Account, Grant, User
from kiwoomweb.access.models.grant import NO_ACCESS
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.seeing import Seeing, seeing_now
from kiwoomweb.once import once_a_request
from kiwoomweb.prepared import Prepared, PreparedFor

__all__ = [
    "account_or_404",
    "accounts_for",
    "own_accounts",
    "pairs_that_see",
    "rights_here",
    "rights_in",
    "rights_on",
    "role_in",
    "still_sees",
    "who_sees",
]


def accounts_for(user: User | AnonymousUser, at_least: Role = Role.VIEWER) -> QuerySet[Account]:
    """The accounts the person may see with at least that role, oldest first.

    Each carries ``my_role``, the person's role on it (by a grant of its own, else by the team), ``my_masked``,
    whether its amounts are covered for them, and ``my_without``, the parts of the role they do not have on it.
    """
    if not user.is_authenticated:
        return Account.objects.none()
    if seeing := seeing_now(user.pk):
        return _both_see(seeing).filter(my_role__gte=at_least).order_by("made_at", "pk")
    return _of(user.pk, timezone.now(), at_least)


def _of(user: int, now: datetime, at_least: Role = Role.VIEWER) -> QuerySet[Account]:
    reached = _reached(Q(team__memberships__user=user), now=now)
    return reached.filter(my_role__gte=at_least).order_by("made_at", "pk")


#: Every request of a person asks this.
_own = Prepared(_of, user=int, now=datetime)


def _of_accounts(accounts: Collection[int], now: datetime) -> QuerySet[Any, Any]:
    reached = _reached(Q(team__memberships__user__is_active=True), now=now)
    rows = reached.filter(pk__in=accounts, my_role__gte=Role.VIEWER).order_by()
    return rows.values_list("team__memberships__user", "pk", "my_masked")


#: Every web process asks this once a second while pages are open.
_seeing = PreparedFor(_of_accounts, each=int, now=datetime)


def account_or_404(
    user: User | AnonymousUser, code: str, at_least: Role = Role.VIEWER, needs: Collection[Right] = ()
) -> Account:
    """The account of that code. Whoever may not use it so finds no such account: 404, never 403."""
    for account in own_accounts(user):
        if account.code == code:
            rights = rights_on(account, user)
            if account.my_role >= at_least and rights.issuperset(needs):  # type: ignore[attr-defined]
                return account
    raise Http404


def rights_on(account: Account, user: User | AnonymousUser) -> frozenset[Right]:
    """What the person may do with an account of ``accounts_for`` them."""
    rights = rights_here(account)
    seeing = seeing_now(user.pk)
    return rights & seeing.rights.get(account.pk, frozenset()) if seeing else rights


def rights_here(account: Account) -> frozenset[Right]:
    """The same, of whomever the account was read for; nothing where it was read for nobody."""
    role, masked = getattr(account, "my_role", None), getattr(account, "my_masked", True)
    return rights_of(role, masked=masked, without=getattr(account, "my_without", ""))


def rights_in(user: User, account: Account) -> frozenset[Right]:
    """What the person may do with the account at this moment, read anew; nothing for strangers."""
    found = accounts_for(user).filter(pk=account.pk).first()
    return rights_on(found, user) if found else frozenset()


@once_a_request
def own_accounts(user: User | AnonymousUser) -> tuple[Account, ...]:
    """All of ``accounts_for`` the person: the door and the shell of a page both ask."""
    if not user.is_authenticated or seeing_now(user.pk):
        return tuple(accounts_for(user))
    return tuple(_own.rows(user=user.pk, now=timezone.now()))


def role_in(user: User, account: Account) -> Role | None:
    """The person's role on the account, ``None`` for strangers."""
    found: Any = accounts_for(user).filter(pk=account.pk).first()
    return None if found is None else Role(found.my_role)


def pairs_that_see(users: Collection[int], accounts: Collection[int]) -> dict[tuple[int, int], bool]:
    """Which of these people see which of these accounts now, and whether they see it masked. One query."""
    found = _seeing.rows(sorted(set(accounts)), now=timezone.now())
    return {(user, account): masked for user, account, masked in found if user in users}


def who_sees(account: Account, needs: Right = Right.SEE) -> list[User]:
    """The people who have that right on the account, by name."""
    everybody = _reached(Q(team__memberships__user__is_active=True)).filter(pk=account.pk)
    told = ("team__memberships__user", "my_role", "my_masked", "my_without")
    rows = everybody.order_by().values_list(*told)
    able = [user for user, role, masked, less in rows if needs in rights_of(role, masked=masked, without=less)]
    return list(User.objects.filter(pk__in=able).order_by("display_name", "email"))


def still_sees(user: str, account: str, now: datetime | None = None) -> Exists:
    """A condition for rows that name a person and an account: the person sees the account ``now``.

    >>> Alert.objects.filter(still_sees("owner", "account"))
    """
    mine = Q(team__memberships__user=OuterRef(user), team__memberships__user__is_active=True)
    return Exists(_reached(mine, now=now).filter(pk=OuterRef(account), my_role__gte=Role.VIEWER))


def _reached(mine: Q, covered: Collection[int] = (), now: datetime | None = None) -> QuerySet[Any]:
    """Accounts joined with those memberships of their teams that last, each with what it may do.

    One ``filter`` names the join and everything after it means the same row of it. A person is once in a team,
    so that the join doubles no account. ``covered`` accounts are masked whoever asks.
    """
    now = now or timezone.now()
    lasting = Q(team__memberships__until__isnull=True) | Q(team__memberships__until__gt=now)
    in_force = Q(until__isnull=True) | Q(until__gt=now)
    grant = Grant.objects.filter(in_force, membership=OuterRef("team__memberships__pk"), account=OuterRef("pk"))
    by_team = Case(
        When(team__memberships__only_granted=True, then=Value(NO_ACCESS)),
        default=F("team__memberships__role"),
        output_field=PositiveSmallIntegerField(),
    )
    role = Subquery(grant.values_list(Coalesce("role", "membership__role"))[:1])
    masked = Subquery(grant.values("masked")[:1])
    without = Subquery(grant.values("without")[:1])
    return (
        Account.objects.filter(mine & lasting)
        .select_related("team")
        .annotate(
            my_role=Case(
                When(team__memberships__role=Role.OWNER, then=Value(Role.OWNER)),
                default=Coalesce(role, by_team),
                output_field=PositiveSmallIntegerField(),
            ),
            my_masked=Case(
                When(pk__in=covered, then=Value(True)),
                When(team__memberships__role=Role.OWNER, then=Value(False)),
                default=Coalesce(masked, F("team__memberships__masked")),
                output_field=BooleanField(),
            ),
            my_without=Case(
                When(team__memberships__role=Role.OWNER, then=Value("")),
                default=Coalesce(without, Value("")),
                output_field=CharField(),
            ),
        )
    )


def _both_see(seeing: Seeing) -> QuerySet[Any]:
    """What somebody else sees, less what the onlooker does not."""
    theirs = _reached(Q(team__memberships=seeing.subject.pk), covered=seeing.masked)
    return theirs.filter(pk__in=list(seeing.rights))
