"""People around an account: who owns it, who may agree to a looser limit, whether anybody is there to ask."""

from django.http import Http404

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import role_in

__all__ = ["agrees_with_limits", "is_alone", "is_owner", "member_or_404", "others_who_agree"]


def is_owner(user: User, account: Account) -> bool:
    """Whether the account is this person's to decide on."""
    return role_in(user, account) == Role.OWNER


def agrees_with_limits(user: User, account: Account) -> bool:
    """Whether the person may be the second one for a looser limit, or open a shut day."""
    return bool(rights_of(role_in(user, account)) & {Right.LIMITS, Right.APPROVE})


def others_who_agree(user: User, account: Account) -> list[User]:
    """Everybody else who could be that second person."""
    people = User.objects.filter(memberships__team=account.team_id, is_active=True).exclude(pk=user.pk)
    return [other for other in people.distinct() if agrees_with_limits(other, account)]


def is_alone(user: User, account: Account) -> bool:
    """Nobody else could be asked: then the same person says it twice."""
    return not others_who_agree(user, account)


def member_or_404(account: Account, pk: int) -> User:
    """A person of the account's team by their number; nobody else is found."""
    found = User.objects.filter(pk=pk, memberships__team=account.team_id).first()
    if found is None:
        raise Http404
    return found
