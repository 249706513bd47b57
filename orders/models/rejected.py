"""Rows the broker sent and we could not accept: kept, counted and shown, never guessed at."""

from django.db import models

__all__ = ["RejectedRow"]


class RejectedRow(models.Model):
    """One row of one list that contradicts itself or the question. The same row again is the same record."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    tr = models.CharField(max_length=10)
    #: A plain sentence for a person.
    reason = models.CharField(max_length=200)
    content = models.JSONField()
    #: sha256 of ``content``.
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    reply = models.ForeignKey(
        "access.BrokerReply", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "tr", "day", "digest"], name="rejected_row_once"),
        )

    def __str__(self) -> str:
        return f"{self.tr} {self.day}: {self.reason}"
