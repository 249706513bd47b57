"""Inviting: a link for one address, once, for an hour. Shown to who made it, once; only its hash is kept."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Invitation, Membership, User
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors.teams import memberships_of
from kiwoomweb.access.services.auditing import Detail, record
from kiwoomweb.access.services.members import NotAllowed, may_give

__all__ = ["LASTS", "LinkSpent", "accept", "found", "invite", "join_as_new", "withdraw"]

#: A link that lies in a mailbox for days is a key under the mat.
LASTS = timedelta(minutes=60)


class LinkSpent(Exception):
    """The link is unknown, used, withdrawn or too old: all look the same from outside."""


def invite(
    by: Membership,
    email: str,
    role: Role,
    *,
    masked: bool = False,
    only_granted: bool = False,
    request: HttpRequest | None = None,
) -> tuple[Invitation, str]:
    """An invitation and the token of its link. An open one for the same address is withdrawn first.

    Raises ``NotAllowed``: the role is not for this person to give, or the address is a member's.
    """
    email, now = email.strip().lower(), timezone.now()
    if not may_give(by, role):
        raise NotAllowed(_("내가 가진 것보다 큰 권한은 줄 수 없습니다."))
    if Membership.objects.filter(team=by.team_id, user__email__iexact=email).exists():
        raise NotAllowed(_("이미 이 팀의 구성원입니다."))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        _open(team=by.team_id, email=email).update(withdrawn_at=now)
        invitation = Invitation.objects.create(
            team=by.team,
            email=email,
            role=role,
            masked=masked and role != Role.OWNER,
            only_granted=only_granted and role != Role.OWNER,
            token_hash=_hash(token),
            made_by=by.user,
            made_at=now,
            expires_at=now + LASTS,
        )
        detail: Detail = {"role": role.name, "masked": int(invitation.masked)}
        record("member.invited", by=by.user, team=by.team, about=email, detail=detail, request=request)
    return invitation, token


def withdraw(by: Membership, pk: int, request: HttpRequest | None = None) -> None:
    """Take an open invitation of the team back; one that is over stays as it is."""
    with transaction.atomic():
        rows = _open(team=by.team_id, pk=pk)
        email = rows.values_list("email", flat=True).first()
        if email and rows.update(withdrawn_at=timezone.now()):
            record("invitation.withdrawn", by=by.user, team=by.team, about=email, request=request)


def found(token: str) -> Invitation:
    """The open invitation of that link. Raises ``LinkSpent``."""
    invitation = _open(token_hash=_hash(token)).select_related("team", "made_by").first()
    if invitation is None or not _still_may_invite(invitation):
        raise LinkSpent
    return invitation


def accept(invitation: Invitation, user: User, request: HttpRequest | None = None) -> Membership:
    """The person joins. Whoever is a member already stays what they are. Raises ``LinkSpent``.

    The link is bound to its address: it is nobody else's.
    """
    if user.email.lower() != invitation.email:
        raise LinkSpent
    with transaction.atomic():
        taken = _open(pk=invitation.pk).update(accepted_at=timezone.now(), accepted_by=user)
        if not taken or not _still_may_invite(invitation):
            raise LinkSpent
        membership, _new = Membership.objects.get_or_create(
            team=invitation.team,
            user=user,
            defaults={
                "role": invitation.role,
                "masked": invitation.masked,
                "only_granted": invitation.only_granted,
            },
        )
        detail = {"role": Role(membership.role).name}
        record("member.joined", by=user, team=invitation.team, about=user.email, detail=detail, request=request)
    return membership


def join_as_new(invitation: Invitation, name: str, password: str, request: HttpRequest | None = None) -> User:
    """Make the person the invitation is for, and let them join. Raises ``LinkSpent``."""
    with transaction.atomic():
        if User.objects.filter(email__iexact=invitation.email).exists():
            raise LinkSpent
        user = User.objects.create_user(invitation.email, password, display_name=name.strip()[:40])
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=invitation.mailed)
        accept(invitation, user, request)
    return user


def _open(**which: object) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now(), **which
    )


def _still_may_invite(invitation: Invitation) -> bool:
    """Who has left, or lost the role, invites nobody any more; nor does whose time in the team is over."""
    maker = invitation.made_by
    by = memberships_of(maker).filter(team=invitation.team_id).first() if maker and maker.is_active else None
    return by is not None and Right.MEMBERS in rights_of(by.role) and may_give(by, invitation.role)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
