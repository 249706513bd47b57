"""Attachments as pages show them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.models import Attachment, Place

__all__ = ["RESTORABLE", "Shelf", "attachment_of", "is_restorable", "shelf_of"]

#: How long a removed note or attachment can be brought back on the page. Its rows stay for ever.
RESTORABLE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies beside a note, oldest first, and what was removed lately and can be had back."""

    place: Place
    shown: tuple[Attachment, ...]
    removed: tuple[Attachment, ...]


def shelf_of(place: Place) -> Shelf:
    """The attachments of the note of a place."""
    lookup = {f"note__{name}": value for name, value in place.lookup.items()}
    rows = list(Attachment.objects.filter(**lookup).select_related("added_by").order_by("pk"))
    gone = tuple(row for row in rows if row.removed_at and is_restorable(row))
    return Shelf(place, tuple(row for row in rows if row.removed_at is None), gone)


def attachment_of(account: Account) -> "QuerySet[Attachment]":
    """The attachments of the account's notes."""
    return Attachment.objects.filter(note__account=account).select_related("note__trade", "note__account")


def is_restorable(row: Attachment) -> bool:
    """Whether a removed one can still be had back on the page."""
    age = timezone.now() - row.removed_at if row.removed_at else timedelta()
    return age < RESTORABLE
