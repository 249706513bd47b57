"""Lanes read: the one way to the broker of an account, as it stands."""

from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared
from orders.models import Lane

__all__ = ["lane_of"]

_lane = Prepared(lambda account: Lane.objects.filter(account=account), account=int)


def lane_of(account: Account) -> Lane:
    """The account's; made, and closed, where it has none yet."""
    found = _lane.first(account=account.pk)
    return found or Lane.objects.get_or_create(account=account)[0]
