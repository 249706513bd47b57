"""What is watched in an account: the shares of its team's watchlists and of its members' own."""

from django.db.models import Q

from kiwoomweb.access.models import Account
from market.models import WatchedSymbol

__all__ = ["MOST", "watched_symbols"]

#: More than this the socket has no room for beside what pages show (200 items).
MOST = 180


def watched_symbols(account: Account) -> list[str]:
    """Each symbol once, the team's lists first, then the longest-watched; ``MOST`` at most. One query."""
    theirs = Q(watchlist__team=account.team_id) | Q(watchlist__owner__memberships__team=account.team_id)
    rows = WatchedSymbol.objects.filter(theirs, watchlist__removed_at__isnull=True)
    found = rows.order_by("watchlist__owner", "pk").values_list("symbol", flat=True)
    return list(dict.fromkeys(found))[:MOST]
