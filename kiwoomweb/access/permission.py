"""What a view declares about its door. A view that declares nothing does not start (``kiwoomweb.checks``)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiwoomweb.access.rights import Right
from kiwoomweb.access.roles import Role

__all__ = ["Door", "Permission", "declare", "permission_of", "rights_named"]


class Door(StrEnum):
    """Whom a view lets in before it asks for rights."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    TEAM = "team"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Permission:
    """``needs``: rights on the account (MEMBER) or in the team (TEAM). ``why``: for doors open to anybody."""

    door: Door
    needs: frozenset[Right] = frozenset()
    at_least: Role | None = None
    why: str = ""


def declare(view: Any, permission: Permission) -> None:
    """Say it on the view; decorators around it carry it on (``functools.wraps``)."""
    view.permission = permission


def permission_of(view: Any) -> Permission | None:
    """What the view declares, ``None`` when it says nothing."""
    found = getattr(view, "permission", None)
    return found if isinstance(found, Permission) else None


def rights_named(needs: Right | Collection[Right]) -> frozenset[Right]:
    """One right or several, as a set; whoever needs anything needs to see."""
    return frozenset({needs} if isinstance(needs, Right) else needs) | {Right.SEE}
