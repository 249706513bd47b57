"""Strategy books of an account: made, renamed, coloured, closed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from portfolio.models import Book
from portfolio.services.labelling.history import change, remember
from portfolio.services.labelling.naming import Refused, colored, named

__all__ = ["close_book", "edit_book", "make_book"]


def make_book(account: Account, name: str, color: str, author: User) -> Book:
    """A new strategy book of an account."""
    name, color = named(name), colored(color or "slate")
    if Book.objects.filter(account=account, name=name).exists():
        raise Refused(_("‘%(name)s’ 장부가 이미 있습니다.") % {"name": name})
    with transaction.atomic():
        book = Book.objects.create(account=account, name=name, color=color, created_at=timezone.now())
        remember(account.team_id, "book", book, "name", author, after=name)
    return book


def edit_book(book: Book, name: str, color: str, author: User) -> None:
    """Rename and colour a book."""
    name, color = named(name), colored(color)
    if Book.objects.filter(account=book.account_id, name=name).exclude(pk=book.pk).exists():
        raise Refused(_("‘%(name)s’ 장부가 이미 있습니다.") % {"name": name})
    with transaction.atomic():
        change(book.account.team_id, "book", book, author, name=name, color=color)


def close_book(book: Book, author: User, *, is_over: bool) -> None:
    """Offer it no more, or again; its trades stay in it."""
    with transaction.atomic():
        change(book.account.team_id, "book", book, author, closed_at=timezone.now() if is_over else None)
