"""The ticket: what a result was an answer to, signed, so that the browser can hold it but not change it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

__all__ = ["Ticket", "redeem"]

SALT = "market.explorer.ticket"
#: Seconds a cursor of the broker's is worth following. A token lasts longer, a page's data does not.
LASTS = 3600


@dataclass(frozen=True, slots=True)
class Ticket:
    """``replies`` are the kept pages in their order, ``next_key`` the broker's cursor behind the last."""

    user: int
    account: str
    tr: str
    body: dict[str, str]
    replies: tuple[int, ...]
    next_key: str
    took: int = 0

    def __str__(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def redeem(text: str, *, user: int, account: str, tr: str) -> Ticket | None:
    """The ticket, or ``None``: forged, too old, somebody else's, of another account or another TR."""
    try:
        told: dict[str, Any] = signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    ticket = Ticket(**{**told, "replies": tuple(told["replies"])})
    return ticket if (ticket.user, ticket.account, ticket.tr) == (user, account, tr) else None
