"""What a person has just taken off a list: kept in their session so that one press puts it back."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from market.models import Watchlist
from market.services.arranging import Removed

__all__ = ["forget_taken_off", "keep_taken_off", "taken_off"]

NAME = "taken_off"


def keep_taken_off(session: SessionBase, watchlist: Watchlist, removed: Removed) -> None:
    """The last one only: another removal takes its place."""
    told = {"symbol": removed.symbol, "after": removed.after, "memo": removed.memo}
    session[NAME] = {"list": watchlist.pk, **told}


def taken_off(session: SessionBase, watchlist: Watchlist | None) -> Removed | None:
    """What was last taken off this list, if it has not been put back."""
    told: dict[str, Any] = session.get(NAME) or {}
    if watchlist is None or told.get("list") != watchlist.pk:
        return None
    return Removed(told["symbol"], told["after"], told["memo"])


def forget_taken_off(session: SessionBase) -> None:
    session.pop(NAME, None)
