"""Catching up: turn whatever was recorded since the last time into trades, and tell whoever listens.

Facts are recorded under the account's lock and stamped with one moment, so "later than the last moment seen" is
exactly what has not become trades yet. Nothing is lost by a crash in between: the next catching up finds it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from kiwoomweb.prepared import Prepared
from orders.models import Fill
from orders.services.locking import locked
from portfolio.models import Sale, TradesState
from portfolio.services.trades.deriving import Changed, derive_all, derive_symbols
from portfolio.signals import trades_changed

__all__ = ["catch_up", "derive_anew"]

#: When a fact was recorded, and when it ceased to hold. Asked one by one: each has an index.
STAMPS = ("recorded_at", "superseded_at")
#: With more symbols than this at once the whole account is derived anew.
MANY = 400


@dataclass(frozen=True, slots=True)
class _New:
    """The days touched of each symbol, and the latest moment of recording among what was found."""

    symbols: dict[str, set[date]]
    moment: datetime | None


def catch_up(account_id: int) -> Changed:
    """Derive what new or superseded fills and sales touch. Runs twice as well as once."""
    with transaction.atomic():
        locked(account_id)
        state, _made = TradesState.objects.get_or_create(account_id=account_id)
        new = _since(account_id, state.seen_up_to)
        if not new.symbols:
            return Changed()
        whole = len(new.symbols) > MANY
        changed = derive_all(account_id) if whole else derive_symbols(account_id, new.symbols)
        TradesState.objects.filter(pk=state.pk).update(seen_up_to=new.moment)
        _tell(account_id, changed)
    return changed


def derive_anew(account_id: int, symbols: Iterable[str] | None = None) -> Changed:
    """Derive everything (or these symbols from their first fill): after books, events or rules changed."""
    with transaction.atomic():
        locked(account_id)
        if symbols is None:
            changed = derive_all(account_id)
        else:
            changed = derive_symbols(account_id, {symbol: {date.min} for symbol in symbols})
        _tell(account_id, changed)
    return changed


def _since(account_id: int, moment: datetime | None) -> _New:
    touched: dict[str, set[date]] = {}
    latest = moment
    for symbol, day, *stamps in _stamped(account_id, moment):
        touched.setdefault(symbol, set()).add(day)
        latest = max(filter(None, (latest, *stamps)))
    return _New(touched, latest)


def _stamped(account_id: int, moment: datetime | None) -> Iterator[tuple[Any, ...]]:
    """Symbol, day and the latest stamps of the facts after the moment; without one, of all facts."""
    for model in FACTS:
        if moment is None:
            yield from _latest(model.objects.filter(account_id=account_id))
        else:
            for at in STAMPS:
                yield from _after[model, at].rows(account=account_id, moment=moment)


def _latest(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    told = rows.order_by().values_list("symbol", "day")
    latest: QuerySet[Any, Any] = told.annotate(*(Max(at) for at in STAMPS))
    return latest


def _asked_after(model: type[Fill | Sale], at: str) -> Prepared[tuple[Any, ...]]:
    def make(account: int, moment: datetime) -> QuerySet[Any, Any]:
        return _latest(model.objects.filter(account_id=account, **{f"{at}__gt": moment}))

    return Prepared(make, account=int, moment=datetime)


FACTS: tuple[type[Fill | Sale], ...] = (Fill, Sale)
_after = {(model, at): _asked_after(model, at) for model in FACTS for at in STAMPS}


def _tell(account_id: int, changed: Changed) -> None:
    if changed:
        told = {"trade_ids": frozenset(changed.trades), "days": frozenset(changed.days)}
        transaction.on_commit(partial(trades_changed.send, catch_up, account_id=account_id, **told))
