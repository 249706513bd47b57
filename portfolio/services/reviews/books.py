"""Moving trades to a strategy book: their orders are assigned, and the symbols are derived anew."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from portfolio.models import Book, BookAssignment, Trade
from portfolio.selectors.trades import legs_of
from portfolio.services.trades.catching_up import derive_anew

__all__ = ["MOST", "move_to_book"]

#: Each trade's orders are looked up from its fills; so many at once keep an answer short.
MOST = 200


def move_to_book(account: Account, trades: Collection[int], book: int | None, author: User) -> None:
    """Put the orders of these trades into a book of the account, or back into the default one."""
    if book is not None and not Book.objects.filter(account=account, pk=book).exists():
        raise ValueError(f"no book {book} in account {account.pk}")
    with transaction.atomic():
        rows = Trade.objects.filter(account=account, pk__in=trades)
        symbols = set()
        for trade in rows:
            symbols.add(trade.symbol)
            _assign(account, trade, book, author)
        derive_anew(account.pk, symbols)


def _assign(account: Account, trade: Trade, book: int | None, author: User) -> None:
    orders = {(leg.day, leg.order_no) for leg in legs_of(trade) if leg.order_no}
    for day, order in orders:
        place: dict[str, Any] = {"account": account, "day": day, "order_no": order}
        if book is None:
            BookAssignment.objects.filter(**place).delete()
        else:
            told = {"book_id": book, "author": author, "assigned_at": timezone.now()}
            BookAssignment.objects.update_or_create(**place, defaults=told)
