"""Which watchlists a person may see in an account: those of its team, and their own; thrown away ones apart."""

from django.db.models import Count, Q, QuerySet

from kiwoomweb.access.models import Account, User
from market.models import Watchlist

__all__ = ["removed_watchlists_for", "watchlists_for"]


def watchlists_for(user: User, account: Account) -> "QuerySet[Watchlist]":
    """The team's first, then one's own; each carries ``size``."""
    return _of(user, account).filter(removed_at__isnull=True).order_by("owner", "pk")


def removed_watchlists_for(user: User, account: Account) -> "QuerySet[Watchlist]":
    """The last thrown away first; each carries ``size``."""
    return _of(user, account).filter(removed_at__isnull=False).order_by("-removed_at", "-pk")


def _of(user: User, account: Account) -> "QuerySet[Watchlist]":
    mine = Q(team=account.team_id) | Q(owner=user)
    return Watchlist.objects.filter(mine).annotate(size=Count("symbols"))
