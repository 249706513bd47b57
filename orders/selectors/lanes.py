"""Lanes read: the one way to the broker of an account, as it stands."""

from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared
from orders.models import Lane

__all__ = ["closed_by", "lane_of"]

_lane = Prepared(lambda account: Lane.objects.filter(account=account), account=int)


def lane_of(account: Account) -> Lane:
    """The account's; made, and closed, where it has none yet."""
    found = _lane.first(account=account.pk)
    return found or Lane.objects.get_or_create(account=account)[0]


def closed_by(account: Account) -> str:
    """What keeps the lane closed, as a sentence; blank while it is open."""
    found = _lane.first(account=account.pk)
    if found is not None and found.is_open:
        return ""
    return (found.why if found else "") or _("주문 통로가 아직 열리지 않았습니다. 잠시 뒤 다시 주문하세요.")
