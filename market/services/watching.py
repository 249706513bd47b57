"""Watching: lists of symbols made here, or brought over from the broker's own terminal (ka01300, ka01301)."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.calls.watchlists import watch_groups, watched
from kiwoomweb.broker.pacing import Priority
from market.models import WatchedSymbol, Watchlist

__all__ = ["Brought", "add", "bring_over", "make", "rename", "restore", "throw_away"]

#: More in one list is no list one can watch.
MOST_SYMBOLS, MOST_LISTS = 200, 100
MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import has done; ``left`` groups are lists somebody has thrown away, and stay so."""

    lists: int
    new_lists: int
    new_symbols: int
    left: int = 0


def bring_over(account: Account) -> Brought:
    """Every group of the account's terminal into lists of the team: new ones made, old ones added to.

    Asks the broker for all groups first: what fails on the way leaves everything as it was.
    """
    broker = broker_for(account, Priority.PERSON)
    told = [(group, [one.symbol for one in watched(broker, group.code)]) for group in watch_groups(broker)]
    new_lists = new_symbols = left = 0
    with transaction.atomic():
        for group, symbols in told:
            found, is_new = Watchlist.objects.get_or_create(
                source=account,
                source_code=group.code,
                defaults={"team": account.team, "name": group.name[:MOST_LETTERS] or group.code},
            )
            if found.removed_at:
                left += 1
                continue
            Watchlist.objects.filter(pk=found.pk).update(brought_at=timezone.now())
            new_lists += is_new
            new_symbols += sum(add(found, symbol) for symbol in symbols)
    return Brought(len(told), new_lists, new_symbols, left)


def make(name: str, *, account: Account | None = None, owner: User | None = None) -> Watchlist | None:
    """An empty list of the account's team or of a person; ``None`` when there are too many already."""
    team = account.team if account else None
    if _is_full(team_id=team.pk if team else None, owner_id=owner.pk if owner else None):
        return None
    return Watchlist.objects.create(team=team, owner=owner, name=name.strip()[:MOST_LETTERS])


def rename(watchlist: Watchlist, name: str) -> bool:
    """Call it otherwise. ``False``: that is no name."""
    watchlist.name = name.strip()[:MOST_LETTERS]
    if watchlist.name:
        watchlist.save(update_fields=["name"])
    return bool(watchlist.name)


def throw_away(watchlist: Watchlist) -> None:
    """Out of sight; its symbols stay with it."""
    Watchlist.objects.filter(pk=watchlist.pk, removed_at__isnull=True).update(removed_at=timezone.now())


def restore(watchlist: Watchlist) -> bool:
    """Take it back as it was. ``False``: there are too many lists already."""
    if _is_full(team_id=watchlist.team_id, owner_id=watchlist.owner_id):
        return False
    Watchlist.objects.filter(pk=watchlist.pk).update(removed_at=None)
    return True


def _is_full(*, team_id: int | None, owner_id: int | None) -> bool:
    lists = Watchlist.objects.filter(team=team_id, owner=owner_id, removed_at__isnull=True)
    return lists.count() >= MOST_LISTS


def add(watchlist: Watchlist, symbol: str) -> bool:
    """Put a symbol at the end. ``False``: it is there already, or the list is full."""
    if watchlist.symbols.count() >= MOST_SYMBOLS:
        return False
    last = watchlist.symbols.aggregate(last=Max("place"))["last"]
    turn = {"place": 0 if last is None else last + 1}
    _row, is_new = WatchedSymbol.objects.get_or_create(watchlist=watchlist, symbol=symbol, defaults=turn)
    return is_new
