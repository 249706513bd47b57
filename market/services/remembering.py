"""Remembering: a person's stars and last questions in the explorer."""

from collections.abc import Mapping

from kiwoomweb.access.models import User
from market.models import FavouriteTR, LastQuestion

__all__ = ["remember_question", "star"]


def star(user: User, tr: str) -> bool:
    """Mark the TR, or take the mark away. Returns whether it is marked now."""
    _, marked = FavouriteTR.objects.get_or_create(user=user, tr=tr)
    if not marked:
        FavouriteTR.objects.filter(user=user, tr=tr).delete()
    return marked


def remember_question(user: User, tr: str, body: Mapping[str, str]) -> None:
    """Keep what was filled in for the next visit, on whatever machine."""
    LastQuestion.objects.update_or_create(user=user, tr=tr, defaults={"body": dict(body)})
