"""What the explorer remembers: stars and last questions of a person, last successes of an account."""

from datetime import datetime

from kiwoomweb.access.models import Account, User
from market.models import Answered, FavouriteTR, LastQuestion

__all__ = ["answered_at", "asked_lately", "favourites_of", "last_question"]


def favourites_of(user: User) -> set[str]:
    """The ids of the TRs the person has marked."""
    return set(FavouriteTR.objects.filter(user=user).values_list("tr", flat=True))


def last_question(user: User, tr: str) -> dict[str, str]:
    """What the person last filled in, by wire name; empty for a first visit."""
    body = LastQuestion.objects.filter(user=user, tr=tr).values_list("body", flat=True).first()
    return {name: str(text) for name, text in body.items()} if isinstance(body, dict) else {}


def asked_lately(user: User, most: int = 10) -> list[str]:
    """The ids of the TRs the person asked last, newest first."""
    return list(LastQuestion.objects.filter(user=user).order_by("-at").values_list("tr", flat=True)[:most])


def answered_at(account: Account) -> dict[str, datetime]:
    """TR id -> when the broker last answered it for the account."""
    return dict(Answered.objects.filter(account=account).values_list("tr", "at"))
