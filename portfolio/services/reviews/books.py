"""Moving trades to a strategy book: their orders are assigned, and the symbols are derived anew."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from portfolio.models import Book, BookAssignment, Trade
from portfolio.selectors.trades import orders_by_trade
from portfolio.services.trades.catching_up import derive_anew

__all__ = ["move_to_book"]

#: Rows in one statement.
LUMP = 2_000
Order = tuple[date, str]


def move_to_book(account: Account, trades: Collection[int], book: int | None, author: User) -> None:
    """Put the orders of these trades into a book of the account, or back into the default one: as many as there
    are, each symbol read once."""
    if book is not None and not Book.objects.filter(account=account, pk=book).exists():
        raise ValueError(f"no book {book} in account {account.pk}")
    wanted = set(trades)
    with transaction.atomic():
        symbols = {symbol for lump in _lumps(sorted(wanted)) for symbol in _symbols(account, lump)}
        told = orders_by_trade(account, symbols)
        orders = sorted({order for pk, made_of in told if pk in wanted for order in made_of})
        if book is None:
            _release(account, orders)
        else:
            _assign(account, orders, book, author)
        derive_anew(account.pk, symbols)


def _symbols(account: Account, trades: Sequence[int]) -> set[str]:
    rows = Trade.objects.filter(account=account, pk__in=trades).order_by()
    return set(rows.values_list("symbol", flat=True).distinct())


def _assign(account: Account, orders: Sequence[Order], book: int, author: User) -> None:
    told = {"account": account, "book_id": book, "author": author, "assigned_at": timezone.now()}
    rows = (BookAssignment(day=day, order_no=order, **told) for day, order in orders)
    while lump := list(islice(rows, LUMP)):
        BookAssignment.objects.bulk_create(
            lump,
            update_conflicts=True,
            unique_fields=["account", "day", "order_no"],
            update_fields=["book", "author", "assigned_at"],
        )


def _release(account: Account, orders: Sequence[Order]) -> None:
    if not orders:
        return
    leaving = set(orders)
    kept = BookAssignment.objects.filter(account=account, day__range=(orders[0][0], orders[-1][0]))
    known = kept.values_list("day", "order_no", "pk")
    for lump in _lumps([pk for day, order, pk in known if (day, order) in leaving]):
        BookAssignment.objects.filter(pk__in=lump).delete()


def _lumps(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), LUMP):
        yield numbers[start : start + LUMP]
