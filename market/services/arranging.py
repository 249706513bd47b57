"""Arranging: the order of a list, from one list to another, memos; and taking back a removal.

A change names neighbours, never a whole order, and is made under the list's lock: whatever somebody else has
added, moved or taken off meanwhile stays as they left it.
"""

from dataclasses import dataclass

from django.db import transaction

from market.models import WatchedSymbol, Watchlist
from market.services.watching import MOST_SYMBOLS

__all__ = ["LONGEST_MEMO", "Removed", "move_to", "place", "put_back", "remember", "take_off"]

LONGEST_MEMO = 200


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken off a list: enough to put it back where it was. ``after`` is the symbol before it."""

    symbol: str
    after: str
    memo: str


def place(watchlist: Watchlist, symbol: str, after: str) -> bool:
    """Put a symbol behind another, at the front when ``after`` is blank; where that one is gone, at the end.

    ``False``: the symbol itself is not on the list (any more).
    """
    with transaction.atomic():
        rows = _locked(watchlist)
        moved = next((row for row in rows if row.symbol == symbol), None)
        if moved is None:
            return False
        rows.remove(moved)
        rows.insert(_turn(rows, after), moved)
        _number(rows)
    return True


def move_to(source: Watchlist, target: Watchlist, symbol: str) -> bool:
    """From one list to the end of another, its memo with it. ``False``: it is not there, or the other is full.

    A symbol that is on the other list already keeps its place and its memo there.
    """
    with transaction.atomic():
        # Always in the same order, so that two who move against each other do not wait for ever.
        for one in sorted((source, target), key=lambda each: each.pk):
            _lock(one)
        row = source.symbols.filter(symbol=symbol).first()
        there = list(target.symbols.all())
        known = next((each for each in there if each.symbol == symbol), None)
        if row is None or (known is None and len(there) >= MOST_SYMBOLS):
            return False
        if known is None:
            last = there[-1].place + 1 if there else 0
            WatchedSymbol.objects.create(watchlist=target, symbol=symbol, memo=row.memo, place=last)
        elif not known.memo and row.memo:
            target.symbols.filter(pk=known.pk).update(memo=row.memo)
        row.delete()
    return True


def take_off(watchlist: Watchlist, symbol: str) -> Removed | None:
    """Take a symbol off. ``None``: it was not there."""
    with transaction.atomic():
        rows = _locked(watchlist)
        at = next((n for n, row in enumerate(rows) if row.symbol == symbol), None)
        if at is None:
            return None
        row = rows[at]
        row.delete()
    return Removed(symbol, rows[at - 1].symbol if at else "", row.memo)


def put_back(watchlist: Watchlist, removed: Removed) -> bool:
    """Take a removal back. ``False``: somebody has put it on again already, or the list is full."""
    with transaction.atomic():
        rows = _locked(watchlist)
        if len(rows) >= MOST_SYMBOLS or any(row.symbol == removed.symbol for row in rows):
            return False
        row = WatchedSymbol.objects.create(
            watchlist=watchlist, symbol=removed.symbol, memo=removed.memo[:LONGEST_MEMO], place=len(rows)
        )
        rows.insert(_turn(rows, removed.after), row)
        _number(rows)
    return True


def remember(watchlist: Watchlist, symbol: str, memo: str) -> bool:
    """Keep a memo with a symbol; blank takes it away. ``False``: it is too long, or the symbol is not there."""
    memo = " ".join(memo.split())
    return len(memo) <= LONGEST_MEMO and bool(watchlist.symbols.filter(symbol=symbol).update(memo=memo))


def _lock(watchlist: Watchlist) -> None:
    Watchlist.objects.select_for_update().get(pk=watchlist.pk)


def _locked(watchlist: Watchlist) -> list[WatchedSymbol]:
    _lock(watchlist)
    return list(watchlist.symbols.all())


def _turn(rows: list[WatchedSymbol], after: str) -> int:
    if not after:
        return 0
    return next((n + 1 for n, row in enumerate(rows) if row.symbol == after), len(rows))


def _number(rows: list[WatchedSymbol]) -> None:
    """Places from 0 on; only those that changed are written."""
    changed = []
    for turn, row in enumerate(rows):
        if row.place != turn:
            row.place = turn
            changed.append(row)
    WatchedSymbol.objects.bulk_update(changed, ["place"])
