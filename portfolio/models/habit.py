"""Thresholds of the habit detectors as an account's people have set them."""

from django.conf import settings
from django.db import models

__all__ = ["HabitThresholds"]


class HabitThresholds(models.Model):
    """``values`` by name as texts, only those that differ from the catalogue's (``analytics.behaviour``)."""

    account = models.OneToOneField("access.Account", on_delete=models.PROTECT, related_name="habit_thresholds")
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"thresholds of {self.account_id}"
