"""Which accounts a person may see and with which right. The filter is in the query, never in a template."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from django.http import Http404

from kiwoomweb.access.models import Account, Membership, User
from kiwoomweb.access.roles import Role
from kiwoomweb.once import once_a_request

__all__ = ["account_or_404", "accounts_for", "own_accounts", "role_in", "teams_for"]


def accounts_for(user: User | AnonymousUser, at_least: Role = Role.VIEWER) -> QuerySet[Account]:
    """The accounts of every team in which the person has at least that role, oldest first.

    Each carries ``my_role``, the person's role in its team.
    """
    if not user.is_authenticated:
        return Account.objects.none()
    # A person is once in a team, so that the join doubles no account and carries the role of this person.
    mine = Account.objects.filter(team__memberships__user=user, team__memberships__role__gte=at_least)
    role = F("team__memberships__role")
    return mine.select_related("team").annotate(my_role=role).order_by("made_at", "pk")


def account_or_404(user: User | AnonymousUser, code: str, at_least: Role = Role.VIEWER) -> Account:
    """The account of that code. Whoever may not use it finds no such account: 404, never 403."""
    for account in own_accounts(user):
        if account.code == code and account.my_role >= at_least:  # type: ignore[attr-defined]
            return account
    raise Http404


@once_a_request
def own_accounts(user: User | AnonymousUser) -> tuple[Account, ...]:
    """All of ``accounts_for`` the person: the door and the shell of a page both ask."""
    return tuple(accounts_for(user))


def teams_for(user: User, at_least: Role) -> QuerySet[Membership]:
    """The person's memberships with at least that role, oldest first; the first is where new accounts go."""
    return Membership.objects.filter(user=user, role__gte=at_least).select_related("team").order_by("pk")


def role_in(user: User, account: Account) -> Role | None:
    """The person's role in the account's team, ``None`` for strangers."""
    found = Membership.objects.filter(user=user, team=account.team_id).values_list("role", flat=True).first()
    return None if found is None else Role(found)
