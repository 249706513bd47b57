"""The team's page: members in rising lines, accounts in columns, and in each cell what the one may do there."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, Grant, Invitation, Membership
from kiwoomweb.access.models.grant import NO_ACCESS
from kiwoomweb.access.rights import Right
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import accounts_for
from kiwoomweb.access.sentences_of_roles import PART_NAMES
from kiwoomweb.access.services.members import may_touch

__all__ = ["Cell", "MemberLine", "TeamPage"]


@dataclass(frozen=True, slots=True)
class Cell:
    """``words`` of the role, and whether it differs from the team's; amounts may be covered."""

    words: str
    is_own: bool
    is_masked: bool


@dataclass(frozen=True, slots=True)
class MemberLine:
    """``may_touch``: whether the reader may change or remove this member."""

    membership: Membership
    role: str
    cells: tuple[Cell, ...]
    may_touch: bool
    is_me: bool
    is_over: bool


@dataclass
class TeamPage:
    """Read by the member ``me``; the matrix holds only accounts that ``me`` sees."""

    me: Membership
    rights: frozenset[Right]

    @property
    def team(self) -> object:
        return self.me.team

    @property
    def may_manage(self) -> bool:
        return Right.MEMBERS in self.rights

    @property
    def is_owner(self) -> bool:
        return self.me.role == Role.OWNER

    @cached_property
    def accounts(self) -> list[Account]:
        return list(accounts_for(self.me.user).filter(team=self.me.team_id))

    @cached_property
    def lines(self) -> list[MemberLine]:
        """Everybody, the highest role first."""
        rows = Membership.objects.filter(team=self.me.team_id).select_related("user", "team")
        rows = rows.prefetch_related("grants").order_by("-role", "pk")
        return [self._line(one) for one in rows]

    @cached_property
    def invitations(self) -> list[tuple[Invitation, str]]:
        """Open ones, with their role in words."""
        waits = Q(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())
        rows = Invitation.objects.filter(waits, team=self.me.team_id).order_by("-pk")
        return [(one, str(Role(one.role).label)) for one in rows]

    def _line(self, one: Membership) -> MemberLine:
        return MemberLine(
            one,
            str(Role(one.role).label),
            tuple(self._cells(one, one.grants.all())) if self.may_manage else (),
            self.may_manage and one.pk != self.me.pk and may_touch(self.me, one),
            one.pk == self.me.pk,
            one.until is not None and one.until <= timezone.now(),
        )

    def _cells(self, one: Membership, grants: Iterable[Grant]) -> Iterable[Cell]:
        granted = {grant.account_id: grant for grant in grants}
        for account in self.accounts:
            grant = None if one.role == Role.OWNER else granted.get(account.pk)
            role = one.role if grant is None or grant.role is None else grant.role
            if grant is None and one.only_granted:
                role = NO_ACCESS
            words = _("볼 수 없음") if role == NO_ACCESS else _with_less(Role(role), grant)
            masked = one.masked if grant is None else grant.masked
            yield Cell(words, grant is not None, masked and role != NO_ACCESS)


def _with_less(role: Role, grant: Grant | None) -> str:
    """The role, and what of it the member does not get on this account."""
    less = [str(name) for part, name in PART_NAMES.items() if grant and part in grant.without.split()]
    return f"{role.label} ({_('빠짐')}: {', '.join(less)})" if less else str(role.label)
