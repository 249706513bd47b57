"""StreamLease: who may hold the broker socket of one account's app key, until when, and whether it tells."""

from django.db import models

__all__ = ["StreamLease", "StreamLoss"]


class StreamLease(models.Model):
    """The broker ends the older of two sessions of one key (R10001), so exactly one process holds it.

    ``fence`` grows with every change of holder; frames carry it, and a frame of an older fence is dropped.
    """

    account = models.OneToOneField(
        "access.Account", on_delete=models.CASCADE, primary_key=True, related_name="stream_lease"
    )
    holder = models.CharField(max_length=60, blank=True)
    fence = models.BigIntegerField(default=0)
    expires = models.DateTimeField()
    #: Since when the feed has been live without a break; empty while it is not: then since ``lost_at``.
    live_since = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.holder or '-'} #{self.fence}"


class StreamLoss(models.Model):
    """A logged-in socket that was lost; ``kind`` names the error (``TakenOver``: another program)."""

    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="stream_losses")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["account", "kind", "at"], name="stream_loss_by_kind"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.at:%H:%M:%S}"
