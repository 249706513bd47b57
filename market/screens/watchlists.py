"""관심종목: the lists a person may see, the one looked at, and what they may do with it."""

from dataclasses import dataclass
from functools import cached_property

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from market.models import WatchedSymbol, Watchlist
from market.selectors.watchlists import removed_watchlists_for, watchlists_for

__all__ = ["WatchlistsPage"]


@dataclass
class WatchlistsPage:
    """``chosen`` is the number in the address; nonsense is the first list."""

    account: Account
    user: User
    rights: frozenset[Right]
    chosen: str = ""

    @cached_property
    def lists(self) -> list[Watchlist]:
        return list(watchlists_for(self.user, self.account))

    @cached_property
    def current(self) -> Watchlist | None:
        return next(
            (one for one in self.lists if str(one.pk) == self.chosen), self.lists[0] if self.lists else None
        )

    @property
    def may_change(self) -> bool:
        """One's own list, or the team's with the right to trade."""
        return bool(self.current and self.is_mine(self.current))

    def is_mine(self, one: Watchlist) -> bool:
        return one.owner_id == self.user.pk or Right.NOTE in self.rights

    @cached_property
    def removed(self) -> list[Watchlist]:
        """Lists thrown away that this person may take back."""
        return [one for one in removed_watchlists_for(self.user, self.account) if self.is_mine(one)]

    @property
    def may_bring(self) -> bool:
        return Right.NOTE in self.rights and hasattr(self.account, "credential")

    @cached_property
    def watched(self) -> list[WatchedSymbol]:
        """The symbols of the present list with their memos, in order."""
        return list(self.current.symbols.all()) if self.current else []

    @property
    def symbols(self) -> list[str]:
        return [one.symbol for one in self.watched]
