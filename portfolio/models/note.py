"""복기 메모: what a person wrote about one trading day. Every saved text stays."""

from django.conf import settings
from django.db import models

__all__ = ["Note", "NoteVersion"]


class Note(models.Model):
    """The note of one account and one day. Its text is that of its ``current`` version."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="notes")
    day = models.DateField()
    #: The number of the version shown; 0 while nothing was saved.
    current = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "day"], name="one_note_a_day"),)

    def __str__(self) -> str:
        return f"{self.day} v{self.current}"


class NoteVersion(models.Model):
    """One saved text. ``is_conflict`` marks a copy that was based on an older version than the current."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    is_conflict = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["note", "number"], name="note_version_once"),)

    def __str__(self) -> str:
        return f"{self.note_id} v{self.number}"
