"""Indexing: keep what search looks in as the notes are. Called inside the transaction that saves a note."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from kiwoomweb.access.models import Account
from portfolio.analytics.grams import grams
from portfolio.models import Note, NoteIndex, NoteVersion
from portfolio.models.note_index import search_order

__all__ = ["index", "reindex"]

BATCH = 500


def index(note: Note, text: str | None = None) -> None:
    """Take the note into the index, or out of it while it is empty or removed."""
    NoteIndex.objects.filter(note=note).delete()
    if text is None:
        present = note.versions.filter(number=note.current).first()
        text = present.text if present else ""
    if text and note.removed_at is None:
        NoteIndex.objects.create(**_row(note, text))


def reindex(account: Account) -> int:
    """Make the account's index anew, e.g. after rows were brought in from elsewhere; the number of notes."""
    notes = Note.objects.filter(account=account)
    with transaction.atomic():
        NoteIndex.objects.filter(note__in=notes).delete()
        present = notes.filter(removed_at=None, current__gt=0).select_related("trade", "account").order_by("pk")
        done = 0
        for batch in _batches(present.iterator(chunk_size=BATCH)):
            done += len(NoteIndex.objects.bulk_create(NoteIndex(**row) for row in _rows(batch)))
        return done


def _batches(notes: Iterable[Note]) -> Iterator[list[Note]]:
    rest = iter(notes)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _rows(notes: list[Note]) -> Iterator[dict[str, object]]:
    numbers = {note.pk: note.current for note in notes}
    texts = NoteVersion.objects.filter(note__in=notes).values_list("note_id", "number", "text")
    found = {note: text for note, number, text in texts.iterator() if numbers[note] == number}
    return (_row(note, found[note.pk]) for note in notes if found.get(note.pk))


def _row(note: Note, text: str) -> dict[str, object]:
    place = note.place
    words = (f"§{note.account_id}", *grams(f"{place.title} {text}"))
    return {"id": search_order(place.on, note.pk), "note": note, "grams": " ".join(words)}
