"""Which 화면번호 leads where for a person: what comes with us, changed by what they have set."""

from collections.abc import Mapping

from kiwoomweb.access.models import User
from market.models import ScreenNumber

__all__ = ["numbers_of"]


def numbers_of(user: User, usual: Mapping[str, str]) -> dict[str, str]:
    """``{"0130": "watchlists", …}`` by number; ``usual`` are those nobody has to set."""
    own = dict(ScreenNumber.objects.filter(user=user).values_list("number", "place"))
    return {number: key for number, key in sorted({**usual, **own}.items()) if key}
