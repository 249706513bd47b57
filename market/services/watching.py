"""Watching: lists of symbols made here, or brought over from the broker's own terminal (ka01300, ka01301)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.calls.watchlists import watch_groups, watched
from kiwoomweb.broker.pacing import Priority
from market.models import WatchedSymbol, Watchlist

__all__ = ["Brought", "add", "bring_over", "make", "remove"]

#: More in one list is no list one can watch.
MOST_SYMBOLS, MOST_LISTS = 200, 100


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import has done."""

    lists: int
    new_lists: int
    new_symbols: int


def bring_over(account: Account) -> Brought:
    """Every group of the account's terminal into lists of the team: new ones made, old ones added to.

    Asks the broker for all groups first: what fails on the way leaves everything as it was.
    """
    broker = broker_for(account, Priority.PERSON)
    told = [(group, [one.symbol for one in watched(broker, group.code)]) for group in watch_groups(broker)]
    new_lists = new_symbols = 0
    with transaction.atomic():
        for group, symbols in told:
            found, is_new = Watchlist.objects.get_or_create(
                source=account,
                source_code=group.code,
                defaults={"team": account.team, "name": group.name[:60] or group.code},
            )
            Watchlist.objects.filter(pk=found.pk).update(brought_at=timezone.now())
            new_lists += is_new
            new_symbols += sum(add(found, symbol) for symbol in symbols)
    return Brought(len(told), new_lists, new_symbols)


def make(name: str, *, account: Account | None = None, owner: User | None = None) -> Watchlist | None:
    """An empty list of the account's team or of a person; ``None`` when there are too many already."""
    team = account.team if account else None
    if Watchlist.objects.filter(team=team, owner=owner).count() >= MOST_LISTS:
        return None
    return Watchlist.objects.create(team=team, owner=owner, name=name.strip()[:60])


def add(watchlist: Watchlist, symbol: str) -> bool:
    """Put a symbol at the end. ``False``: it is there already, or the list is full."""
    if watchlist.symbols.count() >= MOST_SYMBOLS:
        return False
    _row, is_new = WatchedSymbol.objects.get_or_create(watchlist=watchlist, symbol=symbol)
    return is_new


def remove(watchlist: Watchlist, symbol: str) -> None:
    """Take a symbol off the list."""
    watchlist.symbols.filter(symbol=symbol).delete()
