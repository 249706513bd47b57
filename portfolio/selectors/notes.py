"""Notes as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime

from kiwoomweb.access.models import Account
from portfolio.models import Note, NoteVersion

__all__ = ["NoteText", "NoteView", "note_of", "note_texts"]


@dataclass(frozen=True, slots=True)
class NoteText:
    """One saved text and who saved it when (our clock)."""

    number: int
    text: str
    author: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class NoteView:
    """A day's note. ``version`` goes into the form and back (0: nothing saved yet). ``conflicts`` are copies
    saved from an older version since the present text was saved, newest first: nobody's words are lost."""

    day: date
    version: int
    text: str
    author: str
    saved_at: datetime | None
    conflicts: tuple[NoteText, ...]


def note_of(account: Account, day: date) -> NoteView:
    """The note of one day, empty when nobody has written one."""
    note = Note.objects.filter(account=account, day=day).first()
    if note is None or not note.current:
        return NoteView(day, 0, "", "", None, ())
    versions = [_text(version) for version in note.versions.select_related("author").order_by("-number")]
    present = next(version for version in versions if version.number == note.current)
    conflicts = tuple(version for version in versions if version.number > note.current)
    return NoteView(day, present.number, present.text, present.author, present.saved_at, conflicts)


def note_texts(account: Account, first: date, last: date) -> dict[date, str]:
    """The present text of each day that has one."""
    notes = Note.objects.filter(account=account, day__range=(first, last), current__gt=0)
    current = NoteVersion.objects.filter(note__in=notes).select_related("note")
    return {version.note.day: version.text for version in current if version.number == version.note.current}


def _text(version: NoteVersion) -> NoteText:
    return NoteText(version.number, version.text, str(version.author or ""), version.saved_at)
