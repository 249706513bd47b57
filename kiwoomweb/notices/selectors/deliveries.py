"""What left for whom, and what went wrong with it: for its owner, and for who manages the account."""

from django.db.models import Q, QuerySet

from kiwoomweb.access.models import User
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import accounts_for
from kiwoomweb.notices.models import Delivery, State

__all__ = ["TROUBLE", "deliveries_of", "troubled_of"]

#: Ended badly: somebody should look.
TROUBLE = (State.REFUSED, State.FAILED, State.UNSURE)


def deliveries_of(user: User) -> "QuerySet[Delivery]":
    """A person's own, and what left the accounts they manage to outside addresses; the newest first, without
    what they say: letters carry files."""
    managed = [account.pk for account in accounts_for(user, Role.MANAGER)]
    wanted = Q(user=user) | Q(account__in=managed, kind="report")
    return Delivery.objects.filter(wanted).select_related("account", "channel").defer("content").order_by("-pk")


def troubled_of(user: User) -> "QuerySet[Delivery]":
    """What ended badly and nobody has put away, and what has been waiting for a second try or more."""
    waiting = Q(state=State.QUEUED, attempts__gt=1)
    return deliveries_of(user).filter(Q(state__in=TROUBLE, seen_at__isnull=True) | waiting)
