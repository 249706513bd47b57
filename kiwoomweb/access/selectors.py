"""Which accounts a person may see and with which right. The filter is in the query, never in a template."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from kiwoomweb.access.models import Account, Membership, User
from kiwoomweb.access.roles import Role

__all__ = ["account_or_404", "accounts_for", "role_in", "teams_for"]


def accounts_for(user: User | AnonymousUser, at_least: Role = Role.VIEWER) -> QuerySet[Account]:
    """The accounts of every team in which the person has at least that role, oldest first.

    Each carries ``my_role``, the person's role in its team.
    """
    if not user.is_authenticated:
        return Account.objects.none()
    mine = Membership.objects.filter(user=user, role__gte=at_least)
    role = mine.filter(team=OuterRef("team")).values("role")[:1]
    return (
        Account.objects.filter(team__in=mine.values("team"))
        .select_related("team")
        .annotate(my_role=Subquery(role))
        .order_by("made_at", "pk")
    )


def account_or_404(user: User | AnonymousUser, code: str, at_least: Role = Role.VIEWER) -> Account:
    """The account of that code. Whoever may not use it finds no such account: 404, never 403."""
    account = accounts_for(user, at_least).filter(code=code).first()
    if account is None:
        raise Http404
    return account


def teams_for(user: User, at_least: Role) -> QuerySet[Membership]:
    """The person's memberships with at least that role, oldest first; the first is where new accounts go."""
    return Membership.objects.filter(user=user, role__gte=at_least).select_related("team").order_by("pk")


def role_in(user: User, account: Account) -> Role | None:
    """The person's role in the account's team, ``None`` for strangers."""
    found = Membership.objects.filter(user=user, team=account.team_id).values_list("role", flat=True).first()
    return None if found is None else Role(found)
