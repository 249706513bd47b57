"""복기 완료: that somebody has gone over a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q

__all__ = ["DayReview"]


class DayReview(models.Model):
    """One mark on one day. Taken back it stays with ``withdrawn_at``; a new mark is a new row."""

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="day_reviews")
    day = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "day"], condition=Q(withdrawn_at__isnull=True), name="day_reviewed_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day}"
