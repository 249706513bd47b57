"""Whose team: the memberships of a person, and the one a team's address needs."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kiwoomweb.access.models import Membership, User
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.seeing import seeing_now

__all__ = ["membership_or_404", "memberships_of", "teams_for"]


def memberships_of(user: User | AnonymousUser) -> QuerySet[Membership]:
    """The person's memberships that last, with their teams, oldest first."""
    if not user.is_authenticated:
        return Membership.objects.none()
    lasting = Q(until__isnull=True) | Q(until__gt=timezone.now())
    if seeing := seeing_now(user.pk):
        # As somebody else: their place in the one team both are in, and nothing of one's own.
        return Membership.objects.filter(lasting, pk=seeing.subject.pk).select_related("team", "user")
    return Membership.objects.filter(lasting, user=user).select_related("team").order_by("pk")


def teams_for(user: User, at_least: Role) -> QuerySet[Membership]:
    """The person's memberships with at least that role; the first is where new accounts go."""
    return memberships_of(user).filter(role__gte=at_least)


def membership_or_404(user: User | AnonymousUser, team: str, needs: Collection[Right] = ()) -> Membership:
    """The person's membership in the team of that code, if it gives those rights; 404 for everybody else."""
    found = memberships_of(user).filter(team__code=team).first()
    if found is None or not rights_of(found.role, masked=found.masked).issuperset(needs):
        raise Http404
    return found
