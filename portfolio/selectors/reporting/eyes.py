"""Eyes: what a person may see of an account's reports now, by their own rights."""

from dataclasses import dataclass

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import role_in

__all__ = ["Eyes", "eyes_of"]


@dataclass(frozen=True, slots=True)
class Eyes:
    """``sees``: is a member at all; ``masked``: sees no amounts; ``plans``: may make and change plans."""

    sees: bool
    masked: bool
    plans: bool


def eyes_of(user: User, account: Account) -> Eyes:
    """Asked anew for every mail: who has left the team since gets none."""
    role = role_in(user, account) if user.is_active else None
    return Eyes(role is not None, False, role is not None and role >= Role.TRADER)
