"""Evidence: what was heard of our orders beside the socket's own log. Added to, never changed."""

from django.db import models

from orders.models.intent import Intent

__all__ = ["Evidence"]


class Evidence(models.Model):
    """One statement. ``source``: answer, kt00007, ka10075, ka10076, reading (how a complete look at the day
    ended), sender (that the process which sent is gone), person, house. The same words again are the same row.
    """

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    source = models.CharField(max_length=10)
    intent = models.ForeignKey(Intent, on_delete=models.PROTECT, null=True, related_name="evidence")
    order_no = models.CharField(max_length=7, blank=True)
    content = models.JSONField()
    #: sha256 of ``content``.
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "day", "source", "order_no", "digest"], name="evidence_once"
            ),
        )
        indexes = (models.Index(fields=["account", "day", "order_no"], name="evidence_by_order"),)

    def __str__(self) -> str:
        return f"{self.source} {self.day} {self.order_no}".rstrip()
