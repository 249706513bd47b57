"""People around an account: who owns it, who may agree to a looser limit, whether anybody is there to ask."""

from django.http import Http404

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import rights_in, role_in

__all__ = ["agrees_with_limits", "is_alone", "is_owner", "may_answer", "member_or_404"]

#: Who may be the second person for a looser limit, or open a shut day; and for an order.
SECONDS, APPROVERS = frozenset({Right.LIMITS, Right.APPROVE}), frozenset({Right.APPROVE})


def is_owner(user: User, account: Account) -> bool:
    """Whether the account is this person's to decide on."""
    return role_in(user, account) == Role.OWNER


def agrees_with_limits(user: User, account: Account) -> bool:
    """Whether the person may be the second one for a looser limit, or open a shut day."""
    return bool(rights_in(user, account) & SECONDS)


def may_answer(user: User, account: Account) -> bool:
    """Whether the person may say yes or no to somebody's order at this moment, read anew."""
    here = User.objects.filter(pk=user.pk, is_active=True).exists()
    return here and bool(rights_in(user, account) & APPROVERS)


def is_alone(user: User, account: Account, rights: frozenset[Right] = SECONDS) -> bool:
    """Nobody else with one of these rights could be asked: then the same person says it twice."""
    people = User.objects.filter(memberships__team=account.team_id, is_active=True).exclude(pk=user.pk)
    return not any(rights_in(other, account) & rights for other in people.distinct())


def member_or_404(account: Account, pk: int) -> User:
    """A person of the account's team by their number; nobody else is found."""
    found = User.objects.filter(pk=pk, memberships__team=account.team_id).first()
    if found is None:
        raise Http404
    return found
