"""Noting: save what a person wrote about a day. Nobody's words are ever overwritten."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from orders.services.locking import locked
from portfolio.models import Note, NoteVersion

__all__ = ["Saved", "save"]


@dataclass(frozen=True, slots=True)
class Saved:
    """``version`` is the day's present version. With ``is_conflict`` somebody had saved in between: the text
    was kept as a copy beside theirs and is not the present one."""

    version: int
    is_conflict: bool


def save(account: Account, day: date, text: str, *, based_on: int, author: User) -> Saved:
    """Save the note of a day. ``based_on`` is the version the writer saw (0 for a blank page).

    The same text again saves nothing, so a form sent twice is one version.
    """
    text = text.replace("\r\n", "\n").strip()
    with transaction.atomic():
        locked(account.pk)
        note, _made = Note.objects.get_or_create(account=account, day=day)
        present = note.versions.filter(number=note.current).first()
        if text == (present.text if present else ""):
            return Saved(note.current, is_conflict=False)
        if based_on != note.current:
            return _keep_copy(note, text, author)
        note.current = _add(note, text, author, is_conflict=False)
        note.save(update_fields=["current"])
        return Saved(note.current, is_conflict=False)


def _keep_copy(note: Note, text: str, author: User) -> Saved:
    if not note.versions.filter(number__gt=note.current, text=text).exists():
        _add(note, text, author, is_conflict=True)
    return Saved(note.current, is_conflict=True)


def _add(note: Note, text: str, author: User, *, is_conflict: bool) -> int:
    number = (note.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    NoteVersion.objects.create(
        note=note,
        number=number,
        text=text,
        is_conflict=is_conflict,
        author=author,
        saved_at=timezone.now(),
    )
    return int(number)
