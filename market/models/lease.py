"""StreamLease: who may hold the broker socket of one account's app key, until when."""

from django.db import models

__all__ = ["StreamLease"]


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

    def __str__(self) -> str:
        return f"{self.account_id} {self.holder or '-'} #{self.fence}"
