"""Members: change what somebody may do in a team, let them go, and never leave a team without an owner.

Nobody gives more than they have: below an owner only lower roles than one's own are given, to members of lower
roles, and an account one sees covered is not uncovered for others.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, Grant, Membership, Team, User
from kiwoomweb.access.models.grant import NO_ACCESS
from kiwoomweb.access.rights import spelt
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import accounts_for
from kiwoomweb.access.services.auditing import Detail, record
from kiwoomweb.access.signals import access_changed

__all__ = ["Given", "NotAllowed", "change", "may_give", "may_touch", "remove", "start_team"]


class NotAllowed(Exception):
    """``str()`` says why, to the person who asked."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a member gets; ``accounts``: role (``None`` as in the team) and masked, by the account's code;
    ``without``: parts of the role they do not get there, likewise."""

    role: Role
    masked: bool = False
    only_granted: bool = False
    until: datetime | None = None
    accounts: Mapping[str, tuple[int | None, bool]] | None = None
    without: Mapping[str, Collection[str]] = field(default_factory=dict)


def may_give(by: Membership, role: int) -> bool:
    """Owners give every role, others those below their own."""
    return by.role == Role.OWNER or role < by.role


def may_touch(by: Membership, other: Membership) -> bool:
    """Owners change everybody; others those below them, and never themselves."""
    return by.team_id == other.team_id and (by.role == Role.OWNER or other.role < by.role)


def start_team(user: User, name: str, request: HttpRequest | None = None) -> Team:
    """A team of one's own."""
    with transaction.atomic():
        team = Team.objects.create(name=name.strip()[:60] or _("%(name)s의 팀") % {"name": user})
        Membership.objects.create(team=team, user=user, role=Role.OWNER)
        record("team.made", by=user, team=team, about=team.name, request=request)
    return team


def change(by: Membership, other: Membership, given: Given, request: HttpRequest | None = None) -> None:
    """Give ``other`` what ``given`` says. Raises ``NotAllowed``; nothing is changed then."""
    with transaction.atomic():
        _lock(by.team)
        by, other = _fresh(by), _fresh(other)
        if not may_touch(by, other) or not may_give(by, given.role):
            raise NotAllowed(_("이 구성원의 권한은 바꿀 수 없습니다. 팀의 주인에게 부탁하세요."))
        if other.role == Role.OWNER and given.role != Role.OWNER:
            _keep_an_owner(other)
        is_owner = given.role == Role.OWNER
        other.role, other.until = given.role, None if is_owner else given.until
        other.masked = given.masked and not is_owner
        other.only_granted = given.only_granted and not is_owner
        other.save(update_fields=["role", "masked", "only_granted", "until"])
        told = _grant_all(by, other, given)
        detail: Detail = {"role": Role(other.role).name, "masked": int(other.masked), "accounts": told}
        record(
            "member.changed", by=by.user, team=by.team, about=other.user.email, detail=detail, request=request
        )
    access_changed.send(None, user_id=other.user_id)


def remove(by: Membership, other: Membership, request: HttpRequest | None = None) -> None:
    """Take ``other`` out of the team; ``by`` themselves: they leave. Raises ``NotAllowed``."""
    with transaction.atomic():
        _lock(by.team)
        by, other = _fresh(by), _fresh(other)
        leaves = by.pk == other.pk
        if not leaves and not may_touch(by, other):
            raise NotAllowed(_("이 구성원은 내보낼 수 없습니다. 팀의 주인에게 부탁하세요."))
        if other.role == Role.OWNER:
            _keep_an_owner(other)
        action = "member.left" if leaves else "member.removed"
        record(action, by=by.user, team=by.team, about=other.user.email, request=request)
        other.delete()
    access_changed.send(None, user_id=other.user_id)


def _lock(team: Team) -> None:
    """One change of members of a team at a time: whoever counts owners counts all of them."""
    Team.objects.select_for_update().get(pk=team.pk)


def _fresh(membership: Membership) -> Membership:
    """As it stands now; somebody may have been quicker."""
    found = Membership.objects.select_related("team", "user").filter(pk=membership.pk).first()
    if found is None:
        raise NotAllowed(_("그 사이에 구성원이 바뀌었습니다. 새로 고친 뒤 다시 하세요."))
    return found


def _keep_an_owner(other: Membership) -> None:
    others = Membership.objects.filter(team=other.team_id, role=Role.OWNER, user__is_active=True)
    if not others.exclude(pk=other.pk).exists():
        raise NotAllowed(_("마지막 주인입니다. 먼저 다른 구성원을 주인으로 정하세요."))


def _grant_all(by: Membership, other: Membership, given: Given) -> str:
    """The grants as asked for, of the accounts the giver sees; gives what was said, for the audit."""
    told = []
    if given.accounts is None:
        return ""
    mine: dict[str, Account] = {one.code: one for one in accounts_for(by.user).filter(team=by.team_id)}
    for code, (role, masked) in given.accounts.items():
        account = mine.get(code)
        if account is None:
            continue
        without = "" if role == NO_ACCESS else spelt(given.without.get(code, ()))
        _refuse_more_than_own(by, account, role, masked=masked or given.masked, without=without)
        if other.role == Role.OWNER or (role is None and _differs_in_nothing(other, masked, without)):
            Grant.objects.filter(membership=other, account=account).delete()
            continue
        covered = masked or (role is None and other.masked)
        Grant.objects.update_or_create(
            membership=other, account=account, defaults={"role": role, "masked": covered, "without": without}
        )
        less = "".join(f"-{part}" for part in without.split())
        told.append(
            f"{account.masked_number or account.code}={_word(role)}{'/masked' if covered else ''}{less}"
        )
    return ", ".join(told)


def _differs_in_nothing(other: Membership, masked: bool, without: str) -> bool:
    """As in the team: who sees only what is granted is granted nothing by that."""
    return other.only_granted or not (masked or without)


def _refuse_more_than_own(
    by: Membership, account: Account, role: int | None, *, masked: bool, without: str
) -> None:
    if by.role == Role.OWNER:
        return
    higher = role is not None and role >= account.my_role  # type: ignore[attr-defined]
    lacking = set(account.my_without.split()) - set(without.split())  # type: ignore[attr-defined]
    higher = higher or (bool(lacking) and role != NO_ACCESS)
    if higher or (account.my_masked and not masked and role != NO_ACCESS):  # type: ignore[attr-defined]
        raise NotAllowed(_("내가 가진 것보다 큰 권한은 줄 수 없습니다: %(account)s") % {"account": account})


def _word(role: int | None) -> str:
    return "TEAM" if role is None else "NONE" if role == NO_ACCESS else Role(role).name
