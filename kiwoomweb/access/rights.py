"""Rights: what a role may do. The one table that views, pages and sockets ask."""

from collections.abc import Collection
from enum import StrEnum

from kiwoomweb.access.roles import Role

__all__ = ["PARTS", "Right", "rights_of", "spelt"]


class Right(StrEnum):
    """One thing a member may do with an account, or with its team."""

    SEE = "see"
    #: Amounts and quantities in figures; without it they are covered.
    AMOUNTS = "amounts"
    #: Write the journal: notes, labels, reviews, corrections, imports.
    NOTE = "note"
    #: Comment, mention, ask for a review, give one, vote.
    COMMENT = "comment"
    #: Take away: files, raw replies, archives.
    EXPORT = "export"
    ORDER = "order"
    #: Decide on an order somebody else has asked for.
    APPROVE = "approve"
    LIMITS = "limits"
    KEYS = "keys"
    HALT = "halt"
    MEMBERS = "members"
    AUDIT = "audit"
    REPORTS = "reports"


_VIEWER = frozenset({Right.SEE, Right.AMOUNTS})
_MENTOR = _VIEWER | {Right.COMMENT}
_TRADER = _MENTOR | {Right.NOTE, Right.EXPORT, Right.ORDER, Right.HALT, Right.REPORTS}
_APPROVER = _MENTOR | {Right.EXPORT, Right.APPROVE, Right.HALT, Right.REPORTS}
_MANAGER = _TRADER | _APPROVER | {Right.LIMITS, Right.KEYS, Right.MEMBERS, Right.AUDIT}

TABLE: dict[Role, frozenset[Right]] = {
    Role.VIEWER: _VIEWER,
    Role.MENTOR: _MENTOR,
    Role.TRADER: _TRADER,
    Role.APPROVER: _APPROVER,
    Role.MANAGER: _MANAGER,
    # Not even an owner approves an order of their own: orders.services.approving refuses it.
    Role.OWNER: frozenset(Right),
}


#: What may be taken away by itself, whatever the role, on one account.
PARTS = (
    Right.NOTE, Right.COMMENT, Right.EXPORT, Right.ORDER, Right.APPROVE, Right.HALT, Right.LIMITS, Right.REPORTS
)  # fmt: skip


def rights_of(role: Role | int | None, *, masked: bool = False, without: str = "") -> frozenset[Right]:
    """What the role may do; nothing without one. Whoever reads masked does not take amounts away either way.

    ``without``: parts it lacks here, as ``spelt`` writes them.
    """
    if not role:
        return frozenset()
    rights = TABLE[Role(role)]
    if without:
        rights -= {part for part in PARTS if part in without.split()}
    return rights - {Right.AMOUNTS} if masked else rights


def spelt(parts: Collection[str]) -> str:
    """Parts as a grant keeps them."""
    return " ".join(part for part in PARTS if part in parts)
