"""Set where a 화면번호 leads, or have them all as they came."""

from kiwoomweb.access.models import User
from market.models import ScreenNumber

__all__ = ["MOST", "forget_all", "lead"]

#: Numbers one person may set.
MOST = 300


def lead(user: User, number: str, place: str) -> bool:
    """From now on ``number`` (four digits) leads to the place with that key; an empty key: nowhere.

    ``False``: the person has set too many.
    """
    others = ScreenNumber.objects.filter(user=user).exclude(number=number)
    if others.count() >= MOST:
        return False
    ScreenNumber.objects.update_or_create(user=user, number=number, defaults={"place": place})
    return True


def forget_all(user: User) -> None:
    """As it came."""
    ScreenNumber.objects.filter(user=user).delete()
