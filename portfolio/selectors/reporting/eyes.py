"""Eyes: what a person may see of an account's reports now, by their own rights."""

from dataclasses import dataclass

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import accounts_for, rights_here

__all__ = ["Eyes", "eyes_of"]


@dataclass(frozen=True, slots=True)
class Eyes:
    """``sees``: is a member at all; ``masked``: sees no amounts; ``plans``: may make and change plans;
    ``manages``: those of others and of the team, too; ``takes``: may take papers away."""

    sees: bool
    masked: bool
    plans: bool
    manages: bool
    takes: bool


def eyes_of(user: User, account: Account) -> Eyes:
    """Asked anew for every mail: who has left the team since gets none."""
    found = accounts_for(user).filter(pk=account.pk).first() if user.is_active else None
    if found is None:
        return Eyes(False, True, False, False, False)
    rights = rights_here(found)
    masked, plans = Right.AMOUNTS not in rights, Right.REPORTS in rights
    return Eyes(Right.SEE in rights, masked, plans, Right.MEMBERS in rights, Right.EXPORT in rights)
