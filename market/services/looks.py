"""Looks: how a person last looked at the board, kept for every device of theirs."""

from collections.abc import Mapping, Sequence
from typing import Any

from kiwoomweb.access.models import User
from market.models import BoardLook

__all__ = ["VIEWS", "keep_look", "look_of"]

#: A table, or so many tiles.
VIEWS = ("table", "4", "9")


def look_of(user: User) -> BoardLook:
    """The kept look, else the usual one (not saved)."""
    return BoardLook.objects.filter(user=user).first() or BoardLook(user=user)


def keep_look(
    user: User,
    *,
    columns: Sequence[str] | None = None,
    order: tuple[str, bool] | None = None,
    view: str | None = None,
) -> None:
    """Keep what is given, leave the rest. ``order`` is a column and whether its largest comes first."""
    changed: Mapping[str, Any] = {
        **({} if columns is None else {"columns": ",".join(columns)}),
        **({} if order is None else {"sort": order[0], "descending": order[1]}),
        **({"view": view} if view in VIEWS else {}),
    }
    BoardLook.objects.update_or_create(user=user, defaults=changed)
