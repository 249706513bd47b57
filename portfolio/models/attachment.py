"""Pictures and files beside a note. The content lies in ``KIWOOMWEB_VAR/attachments`` and never changes."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models

from portfolio.models.note import Note

__all__ = ["Attachment", "vault"]


def vault() -> FileSystemStorage:
    """Where contents lie, under names made of what is in them; readable by the server alone."""
    return FileSystemStorage(
        settings.VAR / "attachments", file_permissions_mode=0o600, directory_permissions_mode=0o700
    )


class Attachment(models.Model):
    """One file of one note. A removed one is a tombstone: row and content stay.

    ``sha256`` is that of ``content``, ``size`` its bytes, ``width`` and ``height`` are pixels. ``thumbnail`` is
    blank for what is no picture.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="attachments")
    #: What the person called it, cleaned of paths and control characters.
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    content = models.FileField(storage=vault, max_length=120)
    thumbnail = models.FileField(storage=vault, max_length=120, blank=True)
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
    def ending(self) -> str:
        """``PDF``: what stands in place of a picture."""
        return self.name.rpartition(".")[2].upper()

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at on the page."""
        return bool(self.thumbnail)
