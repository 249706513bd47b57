"""As whom a request is read: asked anew each time, so that it ends with either one's rights."""

from collections.abc import Iterable
from functools import lru_cache

from django.contrib.sessions.models import Session
from django.http import HttpRequest

from kiwoomweb.access.models import Membership, User
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.seeing import Seeing
from kiwoomweb.access.selectors.accounts import accounts_for, rights_on
from kiwoomweb.access.selectors.teams import memberships_of

__all__ = ["KEPT_AS", "kept_in", "may_see_as", "seeing_by", "seeing_of"]

#: The membership one looks as, in the session of the onlooker.
KEPT_AS = "seeing_as"


def may_see_as(by: Membership, other: Membership) -> bool:
    """Who manages members looks as those below them; owners as everybody else."""
    above = by.role == Role.OWNER or other.role < by.role
    return by.team_id == other.team_id and by.pk != other.pk and above and Right.MEMBERS in rights_of(by.role)


def seeing_of(request: HttpRequest) -> Seeing | None:
    """``None`` for almost everybody; also when the one or the other has left meanwhile."""
    user = request.user
    return seeing_by(user, request.session.get(KEPT_AS)) if isinstance(user, User) else None


def seeing_by(user: User, kept: int | None) -> Seeing | None:
    """As whom this person looks in a session that keeps that membership."""
    if not kept:
        return None
    subject = Membership.objects.select_related("user", "team").filter(pk=kept, user__is_active=True).first()
    by = memberships_of(user).filter(team=subject.team_id).first() if subject else None
    if subject is None or by is None or not may_see_as(by, subject):
        return None
    return Seeing(user.pk, subject, {one.pk: rights_on(one, user) for one in accounts_for(user)})


def kept_in(session_keys: Iterable[str]) -> dict[str, int]:
    """The memberships people look as, by session; for pages that stay open. One query."""
    rows = Session.objects.filter(pk__in=list(session_keys)).values_list("pk", "session_data")
    found = {key: _kept(data) for key, data in rows}
    return {key: kept for key, kept in found.items() if kept}


@lru_cache(maxsize=4096)
def _kept(data: str) -> int | None:
    """What a session keeps under ``KEPT_AS``; it is looked into again when it has changed."""
    kept = Session(session_data=data).get_decoded().get(KEPT_AS)
    return kept if isinstance(kept, int) else None
