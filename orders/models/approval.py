"""Approval: what a second person said of an intent."""

from django.conf import settings
from django.db import models

from orders.models.intent import Intent

__all__ = ["Approval"]


class Approval(models.Model):
    """Yes or no to exactly the ticket they saw (``payload_sha256``). One answer of each person."""

    intent = models.ForeignKey(Intent, on_delete=models.PROTECT, related_name="approvals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    says_yes = models.BooleanField()
    payload_sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=200, blank=True)
    #: The factor given just before, where one was asked for.
    proof = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["intent", "user"], name="approval_once"),)

    def __str__(self) -> str:
        return f"{self.intent_id} {'yes' if self.says_yes else 'no'}"
