"""Pictures and files beside a note. The content lies in files named by what is in them, never changed."""

from django.conf import settings
from django.db import models

from portfolio.models.note import Note

__all__ = ["Attachment"]


class Attachment(models.Model):
    """One file of one note. A removed one is a tombstone: row and content stay.

    ``sha256`` and ``thumbnail`` (blank for what is no picture) name files of ``services.vault``. ``size`` is in
    bytes, ``width`` and ``height`` in pixels.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="attachments")
    #: What the person called it, cleaned of paths and control characters.
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    thumbnail = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at on the page."""
        return bool(self.thumbnail)
