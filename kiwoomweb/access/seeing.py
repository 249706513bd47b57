"""Seeing as: somebody who manages members looks at the pages as one of them sees them, and changes nothing.

What is shown is what both may see: the other's rights, less whatever the onlooker lacks.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from kiwoomweb.access.models import Membership
from kiwoomweb.access.rights import Right

__all__ = ["Seeing", "seeing_as", "seeing_now"]


@dataclass(frozen=True, slots=True)
class Seeing:
    """``rights``: what the onlooker may do themselves, by account."""

    onlooker_id: int
    subject: Membership
    rights: Mapping[int, frozenset[Right]]

    @property
    def masked(self) -> list[int]:
        """Accounts whose amounts the onlooker does not see."""
        return [account for account, rights in self.rights.items() if Right.AMOUNTS not in rights]


_now: ContextVar[Seeing | None] = ContextVar("seeing as", default=None)


def seeing_now(user_id: int | None) -> Seeing | None:
    """As whom this person looks in this request, ``None`` as a rule."""
    found = _now.get()
    return found if found and found.onlooker_id == user_id else None


@contextmanager
def seeing_as(seeing: Seeing) -> Iterator[None]:
    """Inside the block the onlooker sees as the other."""
    token = _now.set(seeing)
    try:
        yield
    finally:
        _now.reset(token)
