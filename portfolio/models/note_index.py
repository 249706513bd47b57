"""What search looks in: each note's pairs of letters. Derived from the notes and made anew at any time.

SQLite indexes ``grams`` by FTS5, kept by triggers; PostgreSQL by an index over the same column
(migration ``note_index``). So the index changes with the row, in the same transaction, on both.
"""

from datetime import date

from django.db import models

__all__ = ["NOTE_BITS", "NoteIndex", "search_order"]

#: A note's number takes the lower bits of ``id``, its day the upper ones.
NOTE_BITS = 40


class NoteIndex(models.Model):
    """One note that has a text. ``id`` grows with the day, so that the newest are found without sorting."""

    id = models.BigIntegerField(primary_key=True)
    note = models.OneToOneField("portfolio.Note", on_delete=models.PROTECT, related_name="index")
    #: Words parted by single spaces: ``§7`` for account 7, then what ``analytics.grams`` made of the text.
    grams = models.TextField()

    def __str__(self) -> str:
        return f"{self.note_id}"


def search_order(day: date, note_id: int) -> int:
    """The ``id`` of the index row of a note."""
    return (day.toordinal() << NOTE_BITS) | note_id
