"""Errands: archives somebody has asked for, made in the background. The files lie beside the database."""

from django.conf import settings
from django.db import models

__all__ = ["ArchiveErrand"]


class ArchiveErrand(models.Model):
    """One archive of one account. Its own trace is in no archive: it is about our disk, not the account."""

    class State(models.TextChoices):
        """WAITING for a worker, RUNNING, DONE and there to be fetched, FAILED, or GONE: its file was let go."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        GONE = "gone"

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    #: Rows there were when it was asked for.
    rows = models.PositiveBigIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["account", "-asked_at"], name="archive_errand_by_time"),)

    def __str__(self) -> str:
        return f"archive of {self.account_id} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether a page should look again."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
