"""Which watchlists a person may see in an account: those of its team, and their own."""

from django.db.models import Count, Q, QuerySet

from kiwoomweb.access.models import Account, User
from market.models import Watchlist

__all__ = ["watchlists_for"]


def watchlists_for(user: User, account: Account) -> "QuerySet[Watchlist]":
    """The team's first, then one's own; each carries ``size``."""
    mine = Q(team=account.team_id) | Q(owner=user)
    return Watchlist.objects.filter(mine).annotate(size=Count("symbols")).order_by("owner", "pk")
