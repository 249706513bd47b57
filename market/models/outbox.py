"""AccountEvent: what happened in an account, numbered, so that a page that missed it can ask again."""

from django.db import models

__all__ = ["AccountEvent"]


class AccountEvent(models.Model):
    """One order or balance event as pages hear it. ``seq`` counts 1, 2, 3… per account without holes.

    The facts themselves live in the orders and portfolio apps; this is the bell that says which changed.
    """

    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="live_events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    body = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("seq",)
        constraints = (models.UniqueConstraint(fields=("account", "seq"), name="one_event_per_number"),)
        indexes = (models.Index(fields=("at",), name="account_event_at"),)

    def __str__(self) -> str:
        return f"{self.account_id} #{self.seq} {self.kind}"
